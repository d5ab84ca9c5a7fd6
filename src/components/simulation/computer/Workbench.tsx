/** The workbench of a computer: step from instruction to instruction, read what is in the memory, and write a program of one's own. */
import type { ReactNode } from 'react';
import { disassemble, inHex } from '../../../../simulations/computing.ts';
import { seek } from '../../../core/playback/clock.ts';
import { readComputer, type Computer } from '../../../core/playback/computer.ts';
import { useStage } from '../context.ts';
import { Editor } from './Editor.tsx';
import { labelsOf, programOf, useComputer } from './use-computer.ts';
import type { BenchProps } from './WorkbenchRoom.tsx';

/** The instruction that the processor is at, in words that are read out after each step. */
function instructionOf({ word, counter, text, program, words }: Computer): string {
  const there = word ?? (program ?? words)[counter]!;
  return disassemble(there, labelsOf(text)) ?? inHex(there);
}

function Steps({ computer }: { computer: Computer }) {
  const { player, speech } = useStage();
  const go = (which: 'first' | 'next' | 'previous') => (): void => {
    const run = player.reader()?.run;
    const reader = run === undefined ? null : readComputer(run);
    const at = (which === 'first' ? reader?.next(-1) : reader?.[which](player.clock().at)) ?? null;
    if (at !== null) player.change((clock) => ({ ...seek(clock, at), playing: false }));
  };
  const { registers, phase, counter, run, done } = computer;
  const [a, b, c, d] = registers as [number, number, number, number];
  return (
    <>
      <div className="workbench-steps">
        <button type="button" className="button quiet" onClick={go('first')}>
          {speech.say('computer.bench.first')}
        </button>
        <button type="button" className="button quiet" onClick={go('previous')}>
          {speech.say('computer.bench.previous')}
        </button>
        <button type="button" className="button quiet" onClick={go('next')}>
          {speech.say('computer.bench.next')}
        </button>
      </div>
      <output className="workbench-said digits">
        {speech.say('computer.bench.said', {
          run: run + 1,
          done: done + 1,
          instruction: instructionOf(computer),
          address: counter,
          a,
          b,
          c,
          d,
          phase: speech.say(`computer.phase.${phase}`),
        })}
      </output>
    </>
  );
}

/** The instructions as they stand in the memory now; a word that the program itself wrote is underlined. */
function Listing({ computer }: { computer: Computer }) {
  const { speech } = useStage();
  const say = (id: string): string => speech.say(`computer.bench.${id}`);
  const program = programOf(computer.text);
  const labels = labelsOf(computer.text);
  const words = computer.program ?? computer.words;
  const names = new Map([...(program?.labels ?? [])].map(([name, address]) => [address, name.toLowerCase()]));
  const addresses = [...words.keys()].filter((address) => program?.use[address] === 1 || address === computer.counter);
  return (
    // A long program is scrolled, and by keyboard only what can be reached is scrolled.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role
    <div className="listing-room" role="region" tabIndex={0} aria-label={say('listing')}>
      <table className="listing">
        <thead>
          <tr>
            <th scope="col">
              <span className="only-read-aloud">{say('here')}</span>
            </th>
            <th scope="col">{say('address')}</th>
            <th scope="col">{say('word')}</th>
            <th scope="col">{say('reads')}</th>
          </tr>
        </thead>
        <tbody>
          {addresses.map((address) => {
            const isHere = address === computer.counter;
            const word = words[address]!;
            const isRewritten = computer.program === null && computer.written[address] === 1;
            return (
              <tr
                key={address}
                className={isHere ? 'listing-now' : undefined}
                aria-current={isHere ? 'step' : undefined}
              >
                <td className="listing-pointer">{isHere ? '▶' : ''}</td>
                <th scope="row">{address}</th>
                <td>{inHex(word)}</td>
                <td className={isRewritten ? 'is-rewritten' : undefined}>
                  {`${names.has(address) ? `${names.get(address)}: ` : ''}${disassemble(word, labels) ?? '—'}`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Every word that holds a number, for whoever does not see the drawing or wants to know exactly. */
function Numbers({ computer }: { computer: Computer }) {
  const { speech } = useStage();
  const program = programOf(computer.text);
  const numbers = computer.words.flatMap((word, address) =>
    word !== 0 && program?.use[address] !== 1 ? [`${address}: ${word}`] : [],
  );
  return (
    <details>
      <summary>{speech.say('computer.bench.numbers')}</summary>
      <p className="hint">{speech.say('computer.bench.numbersHelp')}</p>
      <p className="digits">{numbers.join(' · ')}</p>
    </details>
  );
}

/** What is drawn in the memory, each with the same figure as there. */
const shapes: Record<string, ReactNode> = {
  instruction: <path className="word-instruction" d="M4 4h8v8h-8Z" />,
  number: <circle className="word-number" cx="8" cy="8" r="4.5" />,
  rewritten: (
    <>
      <path className="word-instruction" d="M3 3h10v10h-10Z" />
      <path className="word-rewritten" d="M3 13L13 3" />
    </>
  ),
  counter: <path className="word-counter" d="M4 2l8 6l-8 6Z" />,
  fetch: <rect x="2" y="2" width="12" height="12" rx="2" />,
  read: <rect x="2" y="2" width="12" height="12" rx="2" />,
  write: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="2" />
      <path d="M2 2L14 14M14 2L2 14" />
    </>
  ),
  cached: <rect className="word-cached" x="1" y="3" width="14" height="10" />,
};

function Shapes() {
  const { speech } = useStage();
  return (
    <p className="shapes hint">
      {speech.say('computer.bench.shapes')}
      {Object.entries(shapes).map(([name, figure]) => (
        <span key={name}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            {['fetch', 'read', 'write'].includes(name) ? <g className={`word-access is-${name}`}>{figure}</g> : figure}
          </svg>
          {speech.say(`computer.bench.shape.${name}`)}
        </span>
      ))}
    </p>
  );
}

/** What the chosen program does, in a sentence; nothing where the reader's own runs. */
function Note({ dials, isOwn }: { dials: Readonly<Record<string, number>>; isOwn: boolean }) {
  const { speech } = useStage();
  const found = Object.entries(speech.words.dials).find(([, { notes }]) => notes !== undefined);
  const note = found?.[1].notes?.[`v${dials[found[0]]}`];
  return isOwn || note === undefined ? null : <p className="workbench-note">{note}</p>;
}

export default function Workbench(props: BenchProps) {
  const { player, speech } = useStage();
  const computer = useComputer();
  const run = player.reader()?.run;
  if (computer === null || run === undefined) return null;
  const isWhole = readComputer(run)?.isWhole !== false;
  return (
    // No section element: on slides, a section within another is taken for a slide below it.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div className="workbench" role="region" aria-label={speech.say('computer.bench.title')}>
      <Steps computer={computer} />
      <Note dials={run.dials} isOwn={Object.values(run.texts ?? {}).some((text) => text !== '')} />
      {isWhole ? null : <p className="hint">{speech.say('computer.bench.notWhole')}</p>}
      <Shapes />
      <div className="workbench-halves">
        <div>
          <h3>{speech.say('computer.bench.listing')}</h3>
          <p className="hint">{speech.say('computer.bench.listingHelp')}</p>
          <Listing computer={computer} />
          <Numbers computer={computer} />
        </div>
        <Editor written={computer.text} {...props} />
      </div>
    </div>
  );
}
