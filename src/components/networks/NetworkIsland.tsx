/** One of the small networks, in the words of the page. Each kind has a view of its own; what they compute is in core/networks. */
import { useMemo, type ReactNode } from 'react';
import { NOTES } from '../../core/networks/examples.ts';
import { workOf, type NetworkKind } from '../../core/networks/reading.ts';
import { sayer, type Messages } from '../quiz/words.tsx';
import { Convolutional } from './Convolutional.tsx';
import { Dense } from './Dense.tsx';
import { RecurrentSong } from './RecurrentSong.tsx';

export interface NetworkIslandProps {
  kind: NetworkKind;
  language: string;
  messages: Messages;
}

const views = { dense: Dense, convolutional: Convolutional, recurrent: RecurrentSong };

export default function NetworkIsland({ kind, language, messages }: NetworkIslandProps): ReactNode {
  const say = useMemo(() => sayer(messages, language), [messages, language]);
  const View = views[kind];
  return (
    <figure className="network" aria-label={say(`${kind}.title`)} data-kind={kind}>
      <View say={say} language={language} />
      <figcaption>
        <span className="needs-script">{say(`${kind}.invite`)} </span>
        {say(`${kind}.caption`, { ...workOf(kind, NOTES) })}
      </figcaption>
    </figure>
  );
}
