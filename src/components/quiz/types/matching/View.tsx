/** Sorting into groups: pick an item, then press the group it belongs to. A placed item can be picked again and moved. */
import { useRef, useState, type ReactNode } from 'react';
import { own } from '../../../../core/quiz/question.ts';
import { itemsShown, type Matching } from '../../../../core/quiz/types/matching/grading.ts';
import { Mark } from '../../Mark.tsx';
import type { ViewProps } from '../../view.ts';
import { plain, Prose, useSpeech } from '../../words.tsx';

export function MatchingView({
  question,
  answer,
  onChange,
  phase,
  verdict,
  prefix,
  promptId,
}: ViewProps<Matching, Record<string, string>>): ReactNode {
  const { say } = useSpeech();
  const [picked, setPicked] = useState<string | null>(null);
  const [heard, setHeard] = useState('');
  const root = useRef<HTMLFieldSetElement>(null);
  const isOpen = phase === 'asking';
  const items = itemsShown(question.facts);
  const unplaced = items.filter((id) => own(answer, id) === undefined);
  const nameOf = (id: string): string => plain(question.words.items[id]?.text ?? id);
  const groupName = (group: string): string => plain(question.words.groups[group] ?? group);

  const pick = (id: string): void => {
    setPicked(picked === id ? null : id);
    if (picked !== id) setHeard(say('matching.picked', { item: nameOf(id) }));
  };
  const place = (group: string): void => {
    if (picked === null) {
      setHeard(say('matching.pickFirst'));
      return;
    }
    onChange({ ...answer, [picked]: group });
    setHeard(say('matching.placed', { item: nameOf(picked), group: groupName(group) }));
    const next = unplaced.find((id) => id !== picked);
    setPicked(null);
    // On to what is left, so that the keyboard need not walk back.
    requestAnimationFrame(() => {
      if (next !== undefined) root.current?.querySelector<HTMLElement>(`[data-item="${next}"]`)?.focus();
    });
  };

  const item = (id: string): ReactNode => {
    const found = phase === 'revealed' ? true : verdict ? own(verdict.parts, id) : undefined;
    const judged = isOpen && found !== true ? undefined : found;
    return (
      <li key={id} className="quiz-item" data-judged={judged} data-picked={picked === id || undefined}>
        {isOpen && judged !== true ? (
          <button
            type="button"
            className="quiz-item-text"
            data-item={id}
            aria-pressed={picked === id}
            onClick={() => pick(id)}
          >
            <Prose text={question.words.items[id]?.text ?? id} />
          </button>
        ) : (
          <span className="quiz-item-text">
            <Prose text={question.words.items[id]?.text ?? id} />
            {judged !== undefined && (
              <span className="quiz-judged"> {say(judged ? 'judged.right' : 'judged.wrong')}</span>
            )}
          </span>
        )}
        {judged !== undefined && <Mark right={judged} />}
      </li>
    );
  };

  return (
    <fieldset aria-labelledby={promptId} className="quiz-matching" ref={root}>
      {isOpen && <p className="quiz-hint">{say('matching.hint')}</p>}
      {isOpen && (
        <ul className="quiz-tray" aria-label={say('matching.unplaced')}>
          {unplaced.map(item)}
          {unplaced.length === 0 && <li className="quiz-hint">{say('matching.allPlaced')}</li>}
        </ul>
      )}
      <div className="quiz-groups">
        {Object.keys(question.facts.groups).map((group) => (
          <div key={group} className="quiz-group">
            <h4 id={`${prefix}-${group}`}>
              <Prose text={question.words.groups[group] ?? group} />
            </h4>
            <ul aria-labelledby={`${prefix}-${group}`}>{items.filter((id) => own(answer, id) === group).map(item)}</ul>
            {isOpen && (
              <button
                type="button"
                className="quiz-place-here"
                aria-disabled={picked === null}
                onClick={() => place(group)}
              >
                {say('matching.place')}
                <span className="only-read-aloud">: {groupName(group)}</span>
              </button>
            )}
          </div>
        ))}
      </div>
      <output className="quiz-heard">{heard}</output>
    </fieldset>
  );
}
