/**
 * An order, put right with buttons: up and down beside each item, or pick an item and move it with the arrow keys,
 * or pick it and press the place where it belongs. Nothing needs dragging.
 */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { own } from '../../../../core/quiz/question.ts';
import { movedAmongOpen, type Ordering } from '../../../../core/quiz/types/ordering/grading.ts';
import { Mark } from '../../Mark.tsx';
import type { ViewProps } from '../../view.ts';
import { plain, Prose, useSpeech } from '../../words.tsx';

export function OrderingView({
  question,
  answer,
  onChange,
  phase,
  verdict,
  prefix,
  promptId,
}: ViewProps<Ordering, string[]>): ReactNode {
  const { say } = useSpeech();
  const [picked, setPicked] = useState<string | null>(null);
  const [heard, setHeard] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const isLocked = (id: string): boolean => verdict !== null && own(verdict.parts, id) === true;
  const isOpen = phase === 'asking';
  const open = answer.filter((id) => !isLocked(id));
  const nameOf = (id: string): string => plain(question.words.items[id]?.text ?? id);

  const move = (id: string, by: number): void => {
    const order = movedAmongOpen(answer, id, by, isLocked);
    if (order.indexOf(id) === answer.indexOf(id)) return;
    onChange(order);
    setHeard(say('ordering.moved', { item: nameOf(id), place: order.indexOf(id) + 1, count: order.length }));
  };
  const press = (id: string): void => {
    if (picked === null) {
      setPicked(id);
      setHeard(say('ordering.picked', { item: nameOf(id) }));
    } else {
      if (picked !== id) move(picked, open.indexOf(id) - open.indexOf(picked));
      setPicked(null);
    }
  };
  const onKeyDown = (event: KeyboardEvent, id: string): void => {
    if (event.key === 'Escape' && picked !== null) setPicked(null);
    if (picked !== id || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(id, event.key === 'ArrowUp' ? -1 : 1);
    // The item is drawn elsewhere now; focus goes with it.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-item="${id}"]`)?.focus());
  };

  return (
    <fieldset aria-labelledby={promptId} className="quiz-ordering">
      {isOpen && (
        <p className="quiz-hint" id={`${prefix}-how`}>
          {say('ordering.hint')}
        </p>
      )}
      <p className="quiz-end">
        <Prose text={question.words.first} />
      </p>
      <ol ref={list}>
        {answer.map((id, at) => {
          const locked = isLocked(id);
          const judged =
            phase === 'revealed'
              ? true
              : phase === 'checked'
                ? verdict
                  ? own(verdict.parts, id)
                  : undefined
                : locked || undefined;
          return (
            <li key={id} className="quiz-item" data-judged={judged} data-picked={picked === id || undefined}>
              <span className="quiz-place" aria-hidden="true">
                {at + 1}
              </span>
              {isOpen && !locked ? (
                <button
                  type="button"
                  className="quiz-item-text"
                  data-item={id}
                  aria-pressed={picked === id}
                  aria-describedby={`${prefix}-how`}
                  onClick={() => press(id)}
                  onKeyDown={(event) => onKeyDown(event, id)}
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
              {isOpen && !locked ? (
                <span className="quiz-moves">
                  {([-1, 1] as const).map((by) => (
                    <button
                      key={by}
                      type="button"
                      className="quiz-move"
                      aria-label={say(by < 0 ? 'ordering.up' : 'ordering.down', { item: nameOf(id) })}
                      aria-disabled={by < 0 ? open[0] === id : open.at(-1) === id}
                      onClick={() => move(id, by)}
                    >
                      <svg viewBox="0 0 16 16" aria-hidden="true">
                        <path d={by < 0 ? 'M3.5 10 8 5.5 12.5 10' : 'M3.5 6 8 10.5 12.5 6'} />
                      </svg>
                    </button>
                  ))}
                </span>
              ) : (
                <span className="quiz-mark-place">{judged !== undefined && <Mark right={judged} />}</span>
              )}
            </li>
          );
        })}
      </ol>
      <p className="quiz-end">
        <Prose text={question.words.last} />
      </p>
      <output className="quiz-heard">{heard}</output>
    </fieldset>
  );
}
