/** Where a reader writes a program: checked while it is written, run when asked for, and said line by line what is wrong. */
import { useId, useState } from 'react';
import { assemble, type Mistake } from '../../../../simulations/computing.ts';
import { encodeText } from '../../../core/playback/address.ts';
import { useStage } from '../context.ts';
import type { BenchProps } from './WorkbenchRoom.tsx';

/** A program takes no more room in a link than this, so that it can be shared. */
const MOST_IN_LINK = 9000;

/** What is wrong with a text, also as far as only a link minds. */
function mistakesIn(text: string, most: number): Mistake[] {
  const assembly = assemble(text);
  if (!assembly.ok) return assembly.mistakes;
  if (text.length > most) return [{ line: 0, kind: 'too-long', found: String(text.length), expected: String(most) }];
  const letters = encodeText(text).length;
  return letters <= MOST_IN_LINK
    ? []
    : [{ line: 0, kind: 'too-long', found: String(letters), expected: String(MOST_IN_LINK) }];
}

const examples = [
  'LOAD A, list     LOAD A, [B]',
  'STORE A, total   STORE A, [B]',
  'SET A, 5         SET A, list',
  'ADD A, B         ADD A, 1',
  'SUB A, B         SUB A, 1',
  'JUMP loop        JUMPZ A, done    JUMPN A, less',
  'HALT',
  'list: WORD 3, 1, 4',
  'more: RANDOM 10, 0, 99',
  'AT 128',
  'STORE A, OUT',
];

export function Editor({ written, setting, change, isReady }: BenchProps & { written: string }) {
  const { scenario, speech } = useStage();
  const say = (id: string, values: Record<string, string | number> = {}): string =>
    speech.say(`computer.bench.${id}`, values);
  const id = useId();
  const [text, setText] = useState(written);
  const [told, setTold] = useState<Mistake[] | null>(null);
  const [loaded, setLoaded] = useState(written);
  // another program was chosen elsewhere: what was being written here for the last one goes with it
  if (loaded !== written) {
    setLoaded(written);
    if (text !== written) {
      setText(written);
      setTold(null);
    }
  }
  const [own] = scenario.texts;
  if (own === undefined) return null;
  const isOwn = (setting.texts?.[own.id] ?? '') !== '';
  const run = (): void => {
    const mistakes = mistakesIn(text, own.most);
    setTold(mistakes);
    if (mistakes.length === 0) change({ ...setting, texts: { ...setting.texts, [own.id]: text } });
  };
  const back = (): void => {
    const { texts: _, ...rest } = setting;
    change(rest);
  };
  const words = told?.length === 0 ? assemble(text) : null;
  return (
    <div>
      <h3>{say('editor')}</h3>
      <p className="hint" id={`${id}-help`}>
        {say('editorHelp')}
      </p>
      <textarea
        className="program-text"
        aria-label={say('text')}
        aria-describedby={`${id}-help ${id}-told`}
        aria-invalid={told !== null && told.length > 0}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        value={text}
        maxLength={own.most}
        // what is typed here is no key of the stage
        onKeyDown={(event) => event.stopPropagation()}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setTold(null);
        }}
      />
      <div className="program-acts">
        <button type="button" className="button quiet" disabled={!isReady} onClick={run}>
          {say('run')}
        </button>
        {isOwn ? (
          <button type="button" className="plain" disabled={!isReady} onClick={back}>
            {say('back')}
          </button>
        ) : null}
      </div>
      <output id={`${id}-told`} className="program-told">
        {isOwn ? <p className="hint">{say('own')}</p> : null}
        {words?.ok === true ? (
          <p className="hint">{say('good', { count: words.program.use.filter((use) => use > 0).length })}</p>
        ) : null}
        {told === null || told.length === 0 ? null : (
          <>
            <p className="hint">{say('mistakes', { count: told.length })}</p>
            <ul className="program-mistakes">
              {told.map(({ line, kind, found, expected }, place) => {
                const what = speech.say(`computer.mistake.${kind}`, { found, expected });
                return (
                  <li key={place}>
                    {line === 0
                      ? speech.say('computer.mistake.whole', { what })
                      : speech.say('computer.mistake.line', { line, what })}
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </output>
      <details className="program-manual">
        <summary>{say('manual')}</summary>
        <pre>{examples.join('\n')}</pre>
      </details>
    </div>
  );
}
