/** A dense network at work: a picture, four units that each weigh all of it, and what the network says. */
import { useState, type ReactNode } from 'react';
import { digits, drawn, movedRight, SIDE } from '../../core/networks/examples.ts';
import { largest, readDense } from '../../core/networks/reading.ts';
import { trained } from '../../core/networks/trained.ts';
import type { Say } from '../quiz/words.tsx';
import { Picture } from './Picture.tsx';
import { Starters, Steps } from './Steps.tsx';
import { printer, shadeOf, Sure, Values } from './Values.tsx';

const LAST = 2;

export function Dense({ say, language }: { say: Say; language: string }): ReactNode {
  const [picture, setPicture] = useState(() => drawn('7'));
  const [step, setStep] = useState(LAST);
  const [unit, setUnit] = useState(1);
  const print = printer(language);
  const percent = (share: number): string => say('percent', { share: Math.round(share * 100) / 100 });
  const { hidden, sure } = readDense(picture);
  const { weights, biases } = trained.dense.hidden;
  const sentence =
    step === 0
      ? say('dense.said0', { cells: SIDE * SIDE, ink: picture.filter((ink) => ink === 1).length })
      : step === 1
        ? say('dense.said1', {
            unit: unit + 1,
            cells: SIDE * SIDE,
            bias: print(biases[unit]!),
            value: print(hidden[unit]!),
          })
        : say('says', { name: digits[largest(sure)]!, share: percent(Math.max(...sure)) });
  const most = Math.max(...hidden, 1);
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
          <Picture picture={picture} onChange={setPicture} say={say} />
        </div>
        <span className="network-sign" aria-hidden="true">
          ×
        </span>
        <div className="network-layer">
          <p className="network-label">{say('dense.weights', { unit: unit + 1 })}</p>
          <Values
            caption={say('dense.weights', { unit: unit + 1 })}
            values={weights[unit]!}
            columns={SIDE}
            rows={SIDE}
            most={1}
            print={print}
          />
        </div>
        <span className="network-sign" aria-hidden="true">
          →
        </span>
        <div className="network-layer">
          <p className="network-label">{say('dense.hidden')}</p>
          <fieldset className="network-units" aria-label={say('dense.choose')}>
            {hidden.map((value, at) => (
              <button
                // oxlint-disable-next-line react/no-array-index-key -- a unit is its place
                key={at}
                type="button"
                aria-pressed={at === unit}
                aria-label={say('dense.unit', { unit: at + 1, value: step >= 1 ? print(value) : '·' })}
                data-shade={step >= 1 ? shadeOf(value, most) : undefined}
                data-fresh={step >= 1 ? '' : undefined}
                onClick={() => setUnit(at)}
              >
                <small>{at + 1}</small> {step >= 1 ? print(value) : '·'}
              </button>
            ))}
          </fieldset>
        </div>
        <span className="network-sign" aria-hidden="true">
          →
        </span>
        <Sure
          title={say('sure')}
          names={digits}
          sure={step >= 2 ? sure : null}
          percent={percent}
          says={say('chosen')}
        />
      </div>
      <Steps at={step} last={LAST} onGo={setStep} say={say} sentence={sentence} />
    </>
  );
}
