/** A convolutional network at work: three small windows slide over a picture, and only the strongest place of each counts. */
import { useId, useState, type ReactNode } from 'react';
import { digits, drawn, movedRight, SIDE } from '../../core/networks/examples.ts';
import { cellsAt, placesOn, WINDOW } from '../../core/networks/layers.ts';
import { largest, readConvolutional } from '../../core/networks/reading.ts';
import { trained } from '../../core/networks/trained.ts';
import type { Say } from '../quiz/words.tsx';
import { Picture } from './Picture.tsx';
import { Starters, Steps } from './Steps.tsx';
import { printer, Sure, Values } from './Values.tsx';

const LAST = 3;
const places = placesOn(SIDE);

export function Convolutional({ say, language }: { say: Say; language: string }): ReactNode {
  const [picture, setPicture] = useState(() => movedRight(drawn('7')));
  const [step, setStep] = useState(LAST);
  const [place, setPlace] = useState(2);
  const slider = useId();
  const print = printer(language);
  const percent = (share: number): string => say('percent', { share: Math.round(share * 100) / 100 });
  const { maps, pooled, sure } = readConvolutional(picture);
  const { weights } = trained.convolutional.kernels;
  const where = say('convolutional.place', { row: Math.floor(place / places) + 1, column: (place % places) + 1 });
  const at = (kernel: number): string => print(maps[kernel]![place]!);
  const sentence = [
    say('dense.said0', { cells: SIDE * SIDE, ink: picture.filter((ink) => ink === 1).length }),
    say('convolutional.said1', { where, a: at(0), b: at(1), c: at(2) }),
    say('convolutional.said2', { a: print(pooled[0]!), b: print(pooled[1]!), c: print(pooled[2]!) }),
    say('says', { name: digits[largest(sure)]!, share: percent(Math.max(...sure)) }),
  ][step]!;
  const most = Math.max(1, ...pooled);
  return (
    <>
      <Starters
        title={say('draw')}
        starters={[
          ...digits.map((digit) => ({ name: digit, act: () => setPicture(drawn(digit)) })),
          { name: say('moveRight'), act: () => setPicture(movedRight(picture)) },
          { name: say('clear'), act: () => setPicture(picture.map(() => 0)) },
        ]}
      />
      <div className="network-flow">
        <div className="network-layer">
          <p className="network-label">{say('picture')}</p>
          <Picture picture={picture} onChange={setPicture} say={say} framed={new Set(cellsAt(SIDE, place))} />
          <label className="network-slider needs-script" htmlFor={slider}>
            <span>{say('convolutional.window')}</span>
            <input
              id={slider}
              type="range"
              min={0}
              max={places ** 2 - 1}
              value={place}
              aria-valuetext={where}
              onChange={(event) => setPlace(Number(event.target.value))}
            />
          </label>
        </div>
        <span className="network-sign" aria-hidden="true">
          →
        </span>
        <div className="network-kernels">
          <p className="network-label network-kernel">{say('convolutional.kernel')}</p>
          <p className="network-label network-map">{say('convolutional.map')}</p>
          <p className="network-label network-strongest">{say('convolutional.strongest')}</p>
          {weights.map((kernel, number) => (
            // oxlint-disable-next-line react/no-array-index-key -- a kernel is its place
            <div className="network-row" key={number}>
              <div className="network-kernel">
                <Values
                  caption={say('convolutional.kernelNumber', { number: number + 1 })}
                  values={kernel}
                  columns={WINDOW}
                  rows={WINDOW}
                  most={2}
                  print={print}
                />
              </div>
              <div className="network-map">
                <Values
                  caption={say('convolutional.mapNumber', { number: number + 1 })}
                  values={step >= 1 ? maps[number]! : null}
                  columns={places}
                  rows={places}
                  most={most}
                  marked={place}
                  print={print}
                />
              </div>
              <div className="network-strongest">
                <Values
                  caption={say('convolutional.strongestNumber', { number: number + 1 })}
                  values={step >= 2 ? [pooled[number]!] : null}
                  columns={1}
                  rows={1}
                  most={most}
                  print={print}
                />
              </div>
            </div>
          ))}
        </div>
        <span className="network-sign" aria-hidden="true">
          →
        </span>
        <Sure
          title={say('sure')}
          names={digits}
          sure={step >= 3 ? sure : null}
          percent={percent}
          says={say('chosen')}
        />
      </div>
      <Steps at={step} last={LAST} onGo={setStep} say={say} sentence={sentence} />
    </>
  );
}
