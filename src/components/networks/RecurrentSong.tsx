/** A recurrent network at work: a song is read note by note, and the same few numbers are carried on from one to the next. */
import { useState, type ReactNode } from 'react';
import { birds, NOTES, notes, song, type Note } from '../../core/networks/examples.ts';
import { largest, readRecurrent } from '../../core/networks/reading.ts';
import { trained } from '../../core/networks/trained.ts';
import type { Say } from '../quiz/words.tsx';
import { Starters, Steps } from './Steps.tsx';
import { printer, shadeOf } from './Values.tsx';

const following = (note: Note): Note => notes[(notes.indexOf(note) + 1) % notes.length]!;

export function RecurrentSong({ say, language }: { say: Say; language: string }): ReactNode {
  const [sung, setSung] = useState<Note[]>(() => song('cuckoo'));
  const [heard, setHeard] = useState(NOTES);
  const print = printer(language);
  const percent = (share: number): string => say('percent', { share: Math.round(share * 100) / 100 });
  const read = readRecurrent(sung);
  const now = read[heard - 1];
  const units = trained.recurrent.output.weights[0].map((_, unit) => unit);
  const sentence =
    now === undefined
      ? say('song.said0')
      : say('song.said', {
          at: heard,
          note: say(`song.${sung[heard - 1]!}`),
          name: say(`song.${birds[largest(now.sure)]!}`),
          share: percent(Math.max(...now.sure)),
        });
  return (
    <>
      <Starters
        title={say('song.sing')}
        starters={birds.map((bird) => ({ name: say(`song.${bird}`), act: () => setSung(song(bird)) }))}
      />
      <div className="network-song">
        <table>
          <caption className="only-read-aloud">{say('song.caption')}</caption>
          <thead>
            <tr>
              <th scope="row">{say('song.note')}</th>
              {sung.map((note, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- a note is its place
                <th scope="col" key={at}>
                  <button
                    type="button"
                    className="network-note"
                    data-note={note}
                    aria-label={say('song.change', { at: at + 1, note: say(`song.${note}`) })}
                    onClick={() => setSung(sung.map((other, place) => (place === at ? following(other) : other)))}
                  >
                    <svg viewBox="0 0 24 20" aria-hidden="true">
                      <path d={note === 'high' ? 'M3 4H21' : note === 'low' ? 'M3 16H21' : 'M10 10H14'} />
                    </svg>
                    {say(`song.${note}`)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="network-values">
            {units.map((unit) => (
              <tr key={unit}>
                <th scope="row">{say('song.memory', { unit: unit + 1 })}</th>
                {read.map(({ state }, at) => (
                  <td
                    // oxlint-disable-next-line react/no-array-index-key -- a note is its place
                    key={at}
                    data-shade={at < heard ? shadeOf(state[unit]!, 1) : undefined}
                    data-fresh={at < heard ? '' : undefined}
                  >
                    {at < heard ? print(state[unit]!) : '·'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tbody className="network-guesses">
            {birds.map((bird, answer) => (
              <tr key={bird}>
                <th scope="row">{say(`song.${bird}`)}</th>
                {read.map(({ sure }, at) => {
                  const isSaid = at < heard && largest(sure) === answer;
                  return (
                    // oxlint-disable-next-line react/no-array-index-key -- a note is its place
                    <td key={at} data-says={isSaid || undefined} data-fresh={at < heard ? '' : undefined}>
                      {at < heard ? percent(sure[answer]!) : '·'}
                      {isSaid && <span className="only-read-aloud">{say('chosen')}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Steps at={heard} last={NOTES} onGo={setHeard} say={say} sentence={sentence} next={say('song.next')} />
    </>
  );
}
