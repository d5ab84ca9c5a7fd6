/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/prefer-tag-over-role --
   the board listens to the keys of the tokens that it holds, and a column is a group within the group that the board is */
/**
 * A board: tokens that are moved between columns by dragging, by pressing a token and then a column, or by keyboard.
 * Where a token stands is the value of its dial, and that is all it changes. Loaded where a simulation has one.
 */
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { columnOf, columnsOf, mayStand, placesOn, roomIn, startOf, tokenBy } from '../../../core/playback/boards.ts';
import { begin, redo, step, undo, type History } from '../../../core/playback/history.ts';
import { withDesign } from '../../../core/playback/setting.ts';
import { useStage } from '../context.ts';
import type { BoardProps } from './BoardRoom.tsx';

/** What a move can be taken back to. */
interface Arranged {
  design: string;
  places: Record<string, number>;
}

/** A token that is on its way: pressed, or under a pointer that drags it. */
interface Held {
  token: string;
  by: 'hand' | 'drag';
  /** The column that it is held over. */
  over: number | null;
}

interface Drag {
  token: string;
  pointer: number;
  x: number;
  y: number;
  isMoving: boolean;
}

/** So far a pointer goes before it drags and does not press, in pixels. */
const SLACK = 6;

const isSame = (one: Arranged, other: Arranged): boolean => JSON.stringify(one) === JSON.stringify(other);

export function BoardView({ board, setting, idleDials, change, isReady }: BoardProps) {
  const { scenario, speech } = useStage();
  const { say } = speech;
  const words = speech.words.boards?.[board.id];
  const keys = useId();
  const root = useRef<HTMLFieldSetElement>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const [said, setSaid] = useState('');
  const [last, setLast] = useState<string | null>(null);
  const [kept, setKept] = useState<History<Arranged> | null>(null);
  const drag = useRef<Drag | null>(null);
  const hasDragged = useRef(false);
  const refocus = useRef<string | null>(null);

  const { dials } = setting;
  const columns = columnsOf(board, dials);
  const here: Arranged = { design: setting.design, places: placesOn(board, dials) };
  // What was done elsewhere, by a link or a dial that was turned back, is not for this board to take back.
  const history = kept !== null && isSame(kept.now, here) ? kept : begin(here);
  const focusable = last !== null && board.tokens.includes(last) ? last : columns.flat()[0];

  const nameOf = (token: string): string => speech.words.dials[token]?.name ?? token;
  const columnName = (column: number): string => {
    const { id } = board.columns[column]!;
    return words?.columns[id] ?? id;
  };
  const designName = (design: string): string => speech.words.designs[design]?.name ?? design;
  const named = (token: string, column: number): Record<string, string | number> => ({
    token: nameOf(token),
    column: columnName(column),
    most: board.columns[column]!.most ?? 0,
  });

  // A token that goes into another column is another element: the focus goes with it.
  useLayoutEffect(() => {
    const token = refocus.current;
    refocus.current = null;
    if (token !== null) root.current?.querySelector<HTMLElement>(`[data-token="${CSS.escape(token)}"]`)?.focus();
  });

  const show = ({ design, places }: Arranged): void =>
    change({ ...withDesign(setting, design), dials: { ...dials, ...places } });
  const arrange = (places: Record<string, number>): void => {
    const next: Arranged = { design: board.design ?? setting.design, places: { ...here.places, ...places } };
    if (isSame(next, here)) return;
    setKept(step(history, next));
    show(next);
  };
  const go = (to: History<Arranged>): void => {
    if (to === history) return;
    setKept(to);
    setHeld(null);
    show(to.now);
    setSaid(say('board.back'));
  };

  const take = (token: string): void => {
    setLast(token);
    setHeld({ token, by: 'hand', over: columnOf(board, dials, token) });
    const help = speech.words.dials[token]?.help ?? '';
    setSaid(`${say('board.taken', named(token, columnOf(board, dials, token)))} ${help}`.trim());
  };
  const leave = (): void => {
    if (held === null) return;
    setHeld(null);
    refocus.current = held.token;
    setSaid(say('board.stays', named(held.token, columnOf(board, dials, held.token))));
  };
  const put = (token: string, column: number): void => {
    refocus.current = token;
    if (columnOf(board, dials, token) === column) return leave();
    if (!mayStand(board, dials, token, column)) {
      // Who chose by hand may choose another column; what was dragged goes back.
      setHeld((now) => (now?.by === 'drag' ? null : now));
      return setSaid(say('board.full', named(token, column)));
    }
    setHeld(null);
    setLast(token);
    setSaid(say('board.moved', named(token, column)));
    arrange({ [token]: column });
  };
  const aim = (token: string, over: number): void => {
    setHeld({ token, by: 'hand', over });
    setSaid(say(mayStand(board, dials, token, over) ? 'board.over' : 'board.full', named(token, over)));
  };

  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const { key } = event;
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (key === 'Escape' && held !== null) {
      event.stopPropagation();
      return leave();
    }
    if (!event.altKey && (event.ctrlKey || event.metaKey) && key.toLowerCase() === 'z') {
      const to = event.shiftKey ? redo(history) : undo(history);
      if (to === history) return;
      event.preventDefault();
      event.stopPropagation();
      return go(to);
    }
    const token = event.target instanceof HTMLElement ? event.target.dataset['token'] : undefined;
    if (!isPlain || token === undefined) return;
    if (held !== null) {
      const turn = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : key === 'ArrowRight' || key === 'ArrowDown' ? 1 : 0;
      if (turn === 0) return;
      event.preventDefault();
      const from = held.over ?? columnOf(board, dials, token);
      return aim(held.token, Math.min(columns.length - 1, Math.max(0, from + turn)));
    }
    const next = tokenBy(key, board, dials, token);
    if (next === null) return;
    event.preventDefault();
    setLast(next);
    refocus.current = next;
  };

  const columnUnder = (x: number, y: number): number | null => {
    for (const each of root.current?.querySelectorAll<HTMLElement>('[data-column]') ?? []) {
      const { left, right, top, bottom } = each.getBoundingClientRect();
      if (x >= left && x <= right && y >= top && y <= bottom) return Number(each.dataset['column']);
    }
    return null;
  };
  const press = (event: PointerEvent<HTMLElement>, token: string): void => {
    hasDragged.current = false;
    if (!isReady || event.button !== 0) return;
    // A finger on a token scrolls the page; on its grip it drags.
    if (event.pointerType === 'touch' && !(event.target as HTMLElement).closest('.token-grip')) return;
    drag.current = { token, pointer: event.pointerId, x: event.clientX, y: event.clientY, isMoving: false };
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    const now = drag.current;
    if (now === null || now.pointer !== event.pointerId) return;
    const [dx, dy] = [event.clientX - now.x, event.clientY - now.y];
    if (!now.isMoving && Math.hypot(dx, dy) < SLACK) return;
    if (!now.isMoving) event.currentTarget.setPointerCapture?.(event.pointerId);
    now.isMoving = true;
    event.currentTarget.style.translate = `${dx}px ${dy}px`;
    const over = columnUnder(event.clientX, event.clientY);
    if (held?.by !== 'drag' || held.over !== over) setHeld({ token: now.token, by: 'drag', over });
  };
  const drop = (event: PointerEvent<HTMLElement>, isDone: boolean): void => {
    const now = drag.current;
    if (now === null || now.pointer !== event.pointerId) return;
    drag.current = null;
    event.currentTarget.style.translate = '';
    if (!now.isMoving) return;
    hasDragged.current = true;
    setTimeout(() => {
      hasDragged.current = false;
    });
    const over = isDone ? columnUnder(event.clientX, event.clientY) : null;
    if (over === null) setHeld(null);
    else put(now.token, over);
  };
  const pressed = (token: string): void => {
    // The click that ends a drag is none.
    if (hasDragged.current) return;
    if (held === null || held.token !== token) take(token);
    else put(token, held.over ?? columnOf(board, dials, token));
  };

  const isElsewhere = board.design !== undefined && board.design !== setting.design;
  const isIdle = !isElsewhere && board.tokens.every((token) => idleDials.includes(token));
  const start = startOf(board, scenario);
  const isTold = held !== null || kept === null || isSame(kept.now, here);
  return (
    <fieldset
      ref={root}
      className={isElsewhere || isIdle ? 'board is-elsewhere' : 'board'}
      disabled={!isReady}
      aria-describedby={keys}
      onKeyDown={onKey}
    >
      <legend>{words?.name ?? board.id}</legend>
      <p className="board-help">
        {words?.help} {say('board.how')}
      </p>
      <p className="only-read-aloud" id={keys}>
        {say('board.keys')}
      </p>
      {isElsewhere ? <p className="board-note">{say('board.only', { design: designName(board.design!) })}</p> : null}
      {isIdle ? <p className="board-note">{say('board.idle', { design: designName(setting.design) })}</p> : null}
      <div className="board-columns">
        {columns.map((tokens, column) => {
          const { id, most } = board.columns[column]!;
          const count = say(most === undefined ? 'board.count' : 'board.countOf', {
            count: tokens.length,
            most: most ?? 0,
          });
          const isFull = roomIn(board, dials, column) === 0;
          const isOver = held?.over === column;
          const takes = held === null || mayStand(board, dials, held.token, column);
          return (
            <div
              key={id}
              className={`board-column${isOver ? ' is-over' : ''}${takes ? '' : ' is-closed'}`}
              data-column={column}
              role="group"
              aria-label={say('board.column', { column: columnName(column), count })}
            >
              <p className="board-head" aria-hidden="true">
                <span>{columnName(column)}</span>
                <span className={isFull ? 'board-count is-full' : 'board-count'}>{count}</span>
              </p>
              <ul>
                {tokens.map((token) => (
                  <li key={token}>
                    <button
                      type="button"
                      className={held?.token === token ? `token is-held is-by-${held.by}` : 'token'}
                      data-token={token}
                      tabIndex={token === focusable ? 0 : -1}
                      aria-label={say('board.token', named(token, column))}
                      aria-pressed={held?.token === token}
                      onClick={() => pressed(token)}
                      onFocus={() => setLast(token)}
                      onPointerDown={(event) => press(event, token)}
                      onPointerMove={move}
                      onPointerUp={(event) => drop(event, true)}
                      onPointerCancel={(event) => drop(event, false)}
                    >
                      <span className="token-grip" aria-hidden="true" />
                      <span className="token-name">{nameOf(token)}</span>
                    </button>
                  </li>
                ))}
              </ul>
              {held?.by === 'hand' ? (
                <button
                  type="button"
                  className="board-put"
                  aria-disabled={!takes}
                  aria-label={say(
                    columnOf(board, dials, held.token) === column ? 'board.leaveOne' : 'board.putOne',
                    named(held.token, column),
                  )}
                  onClick={() => put(held.token, column)}
                >
                  <span aria-hidden="true">
                    {say(
                      columnOf(board, dials, held.token) === column
                        ? 'board.leave'
                        : takes
                          ? 'board.put'
                          : 'board.noRoom',
                    )}
                  </span>
                </button>
              ) : null}
            </div>
          );
        })}
      </div>
      <div className="board-bar">
        <output className="board-said">{isTold ? said : ''}</output>
        <span className="board-buttons">
          <button
            type="button"
            className="plain"
            aria-disabled={history.past.length === 0}
            onClick={() => go(undo(history))}
          >
            {say('board.undo')}
          </button>
          <button
            type="button"
            className="plain"
            aria-disabled={isSame({ ...here, places: start }, here)}
            onClick={() => {
              setHeld(null);
              setSaid(say('board.back'));
              arrange(start);
            }}
          >
            {say('board.reset')}
          </button>
        </span>
      </div>
    </fieldset>
  );
}
