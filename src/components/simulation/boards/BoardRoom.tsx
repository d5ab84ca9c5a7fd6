/** Where the boards of a simulation stand: their columns as they are, and what moves tokens in their place as soon as it has been loaded. */
import { useEffect, useState, type ComponentType } from 'react';
import type { Board } from '../../../../simulations/index.ts';
import { columnsOf } from '../../../core/playback/boards.ts';
import type { StageSetting } from '../../../core/playback/setting.ts';
import { useStage } from '../context.ts';

export interface BoardProps {
  board: Board;
  setting: StageSetting;
  /** Dials that turn nothing in the design that runs. */
  idleDials: readonly string[];
  change(setting: StageSetting): void;
  isReady: boolean;
}

function StillBoard({ board, setting }: Pick<BoardProps, 'board' | 'setting'>) {
  const { speech } = useStage();
  const words = speech.words.boards?.[board.id];
  return (
    <fieldset className="board">
      <legend>{words?.name ?? board.id}</legend>
      <p className="board-help">{words?.help}</p>
      <div className="board-columns">
        {columnsOf(board, setting.dials).map((tokens, column) => {
          const { id } = board.columns[column]!;
          return (
            <div key={id} className="board-column">
              <p className="board-head">{words?.columns[id] ?? id}</p>
              <ul>
                {tokens.map((token) => (
                  <li key={token} className="token">
                    <span className="token-name">{speech.words.dials[token]?.name ?? token}</span>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
      <div className="board-bar" />
    </fieldset>
  );
}

export function BoardRoom(props: Omit<BoardProps, 'board'>) {
  const { scenario } = useStage();
  const [View, setView] = useState<ComponentType<BoardProps> | null>(null);
  const hasBoards = scenario.boards.length > 0;
  useEffect(() => {
    let isGone = false;
    const load = async (): Promise<void> => {
      const { BoardView } = await import('./Board.tsx');
      if (!isGone) setView(() => BoardView);
    };
    // Without it the columns can still be read.
    if (hasBoards) load().catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [hasBoards]);
  return scenario.boards.map((board) =>
    View === null ? (
      <StillBoard key={board.id} board={board} setting={props.setting} />
    ) : (
      <View key={board.id} board={board} {...props} />
    ),
  );
}
