/** A program to be followed: its lines with their numbers, and, when all is over, what each instruction left in the registers. */
import type { ReactNode } from 'react';
import type { ProgramWay } from '../../../../core/quiz/question.ts';
import { useSpeech } from '../../words.tsx';

export function Listing({ program }: { program: string }): ReactNode {
  const { say } = useSpeech();
  return (
    // A long line is moved through with the keyboard, too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <ol className="quiz-listing" aria-label={say('tracing.program')} tabIndex={0}>
      {program
        .trimEnd()
        .split('\n')
        .map((line, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- the lines of a program never change places
          <li key={at}>
            <span className="quiz-line-number">{at + 1}</span>
            <code>{line === '' ? ' ' : line}</code>
          </li>
        ))}
    </ol>
  );
}

export function Run({ way }: { way: ProgramWay }): ReactNode {
  const { say, language } = useSpeech();
  const format = new Intl.NumberFormat(language, { useGrouping: false });
  const { steps, count, output, lines, ended } = way;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- wider than a phone: it can be scrolled by keyboard
    <section className="quiz-program-run" tabIndex={0} aria-label={say('tracing.did')}>
      <p>
        {say(`tracing.stopped.${ended}`, { count })}{' '}
        {output.length > 0 && say('tracing.output', { numbers: output.map((one) => format.format(one)).join(', ') })}
      </p>
      <table className="quiz-table numbers">
        <thead>
          <tr>
            <th scope="col">{say('tracing.line')}</th>
            <th scope="col">{say('tracing.instruction')}</th>
            {['A', 'B', 'C', 'D'].map((register) => (
              <th key={register} scope="col">
                {register}
              </th>
            ))}
            <th scope="col">{say('tracing.stored')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ line, registers, writes }, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the steps of a program never change places
            <tr key={at}>
              <td>{line}</td>
              <td>
                <code>
                  {(lines[line - 1] ?? '')
                    .replace(/;.*$/, '')
                    .replace(/^\s*\w+:/, '')
                    .trim()}
                </code>
              </td>
              {registers.map((value, register) => {
                const before = at === 0 ? 0 : (steps[at - 1]?.registers[register] ?? 0);
                return (
                  // oxlint-disable-next-line react/no-array-index-key -- a register is its place
                  <td key={register} data-new={value !== before || undefined}>
                    {format.format(value)}
                  </td>
                );
              })}
              <td>{writes === undefined ? '' : `${writes.place} = ${format.format(writes.value)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > steps.length && <p className="quiz-hint">{say('tracing.more', { count: count - steps.length })}</p>}
    </section>
  );
}
