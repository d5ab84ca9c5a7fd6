/** One request with all its calls: who called whom, which try it was, what it spent its time on, and what became of it. */
import type { CSSProperties } from 'react';
import { fateInWords, type Family, type Member } from '../../../core/playback/family.ts';
import { isFailure } from '../../../core/playback/fates.ts';
import { useStage } from '../context.ts';
import { nameOf, tell } from './telling.ts';

/** A call of no use to anybody may last very long: the picture ends a little after the last moment that somebody waited. */
function endOf(family: Family): number {
  const wanted = Math.max(
    ...family.members.map(({ isAbandoned, unwantedFrom, stretches }) =>
      isAbandoned ? (unwantedFrom ?? stretches[0]!.from) : (stretches.at(-1)!.to ?? family.to),
    ),
  );
  return Math.min(family.to, Math.max(family.from + 1, family.from + (wanted - family.from) * 1.4));
}

function Bars({ member, from, to, end }: { member: Member; from: number; to: number; end: number }) {
  const place = (at: number): number => ((Math.min(Math.max(at, from), to) - from) / (to - from)) * 100;
  const bar = (key: string, kind: string, begin: number, stop: number) => {
    const style: CSSProperties = { left: `${place(begin)}%`, width: `${place(stop) - place(begin)}%` };
    return begin >= to ? null : <span key={key} className={`tree-bar is-${kind}`} style={style} />;
  };
  const unwanted = member.unwantedFrom ?? Number.POSITIVE_INFINITY;
  return (
    <span className="tree-track" aria-hidden="true">
      {member.stretches.flatMap(({ kind, from: begin, to: until }) => {
        const stop = until ?? end;
        // From the moment on that nobody waited for it, the same stretch is drawn as work for nobody.
        if (kind === 'out' || kind === 'back' || unwanted >= stop) return [bar(kind, kind, begin, stop)];
        const turn = Math.max(begin, unwanted);
        return [bar(kind, kind, begin, turn), bar(`${kind} unwanted`, `unwanted is-${kind}`, turn, stop)];
      })}
      {(member.stretches.at(-1)!.to ?? end) > to ? <span className="tree-more">›</span> : null}
    </span>
  );
}

export default function RequestTree({ family, end }: { family: Family; end: number }) {
  const { player, speech } = useStage();
  const ticks = player.clock().unit;
  const to = endOf(family);
  const time = (length: number): string => speech.quantity(length / ticks, 'time');
  const mood = ({ fate, isAbandoned }: Member): string =>
    isAbandoned ? 'is-unwanted' : isFailure(fate) ? 'is-failed' : '';
  return (
    <>
      <p className="tree-sum">
        {speech.say(`why.tree.${family.outcome}`, { time: time(family.to - family.from) })}{' '}
        {speech.say('why.tree.calls', { count: family.members.length + family.hidden })}
      </p>
      {/* A long list is moved through with the keyboard, too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol className="tree" tabIndex={0} aria-label={speech.say('why.tree.label')}>
        {family.members.map((member) => (
          <li
            key={member.hop}
            className={mood(member)}
            style={{ '--depth': Math.min(6, member.depth) } as CSSProperties}
          >
            <span className="tree-name">
              {speech.say('why.tree.call', {
                own: member.caller === member.callee ? 'yes' : 'no',
                caller: nameOf(speech, member.caller),
                callee: nameOf(speech, member.callee),
              })}
              {member.tries > 1 ? (
                <span className="tree-try">
                  {' '}
                  {speech.say('why.tree.again', { attempt: member.attempt, tries: member.tries })}
                </span>
              ) : null}
            </span>
            <Bars member={member} from={family.from} to={to} end={end} />
            <span className="tree-fate">{tell(speech, fateInWords(member))}</span>{' '}
            <span className="tree-times digits">
              {member.stretches
                .filter((stretch) => stretch.to === null || stretch.to > stretch.from)
                .map((stretch) =>
                  speech.say(`why.tree.${stretch.kind}`, {
                    own: member.caller === member.callee ? 'yes' : 'no',
                    time: time((stretch.to ?? end) - stretch.from),
                  }),
                )
                .concat(member.wasted > 0 ? [speech.say('why.tree.wasted', { time: time(member.wasted) })] : [])
                .join(', ')}
            </span>
          </li>
        ))}
      </ol>
      {family.hidden > 0 ? <p className="why-note">{speech.say('why.tree.hidden', { count: family.hidden })}</p> : null}
      <p className="why-note" aria-hidden="true">
        {speech.say('why.tree.key')}
      </p>
    </>
  );
}
