/** The computer at the moment of the stage, and its program as it was assembled. A piece is drawn again only when something has happened there. */
import { assemble, type Assembled } from '../../../../simulations/computing.ts';
import { readComputer, type Computer } from '../../../core/playback/computer.ts';
import { useMoment, useStage } from '../context.ts';

const assembled = new Map<string, Assembled | null>();

/** A program as words; null where its text is wrong. Kept, as every picture asks for it. */
export function programOf(text: string): Assembled | null {
  const known = assembled.get(text);
  if (known !== undefined) return known;
  const assembly = assemble(text);
  const program = assembly.ok ? assembly.program : null;
  if (assembled.size > 20) assembled.clear();
  assembled.set(text, program);
  return program;
}

/** Names for addresses, as a disassembler wants them. */
export function labelsOf(text: string): ReadonlyMap<number, string> {
  const labels = programOf(text)?.labels ?? new Map<string, number>();
  return new Map([...labels].map(([name, address]) => [address, name === 'OUT' ? name : name.toLowerCase()]));
}

/** The state of the computer on this stage at its moment; null where there is none. */
export function useComputer(): Computer | null {
  const { player } = useStage();
  // The run may come after the first picture: it is asked for anew each time.
  const known = () => {
    const run = player.reader()?.run;
    return run === undefined ? undefined : readComputer(run);
  };
  useMoment(() => known()?.rows(player.clock().at) ?? -1);
  const computer = known();
  if (computer === undefined) return player.frame().computer ?? null;
  return computer?.at(player.clock().at) ?? null;
}
