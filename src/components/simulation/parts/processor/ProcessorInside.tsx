/** What a processor is at: the three steps of an instruction, the instruction itself, and the registers. */
import { disassemble, inHex, registerNames } from '../../../../../simulations/computing.ts';
import type { Computer } from '../../../../core/playback/computer.ts';
import { labelsOf, useComputer } from '../../computer/use-computer.ts';
import { useStage } from '../../context.ts';
import { Fitted } from '../basis/Fitted.tsx';
import type { PartFacts } from '../facts.ts';
import { Sign } from '../icons.tsx';

const steps = ['fetching', 'executing', 'accessing'] as const;
const signs = {
  idle: 'idle',
  fetching: 'waiting',
  executing: 'busy',
  accessing: 'waiting',
  halted: 'stopped',
  stuck: 'trouble',
};

/** The three steps in a row; the one that it is at is filled and has a pointer. */
function Steps({ phase, width }: { phase: Computer['phase']; width: number }) {
  const { speech } = useStage();
  const each = (width - 32 - 16) / 3;
  return (
    <>
      {steps.map((step, place) => {
        const x = 16 + place * (each + 8);
        const isOn = step === phase;
        return (
          <g key={step} className={isOn ? 'step is-on' : 'step'}>
            <rect x={x} y={62} width={each} height={26} rx="4" />
            <Fitted className="step-name" x={x + 8} y={79} room={each - 14} size={13}>
              {speech.say(`computer.step.${step}`)}
            </Fitted>
            {isOn ? (
              <path className="step-pointer" d={`M${x + each / 2 - 6} 96L${x + each / 2} 89L${x + each / 2 + 6} 96Z`} />
            ) : null}
          </g>
        );
      })}
    </>
  );
}

export default function ProcessorInside({ facts }: { facts: PartFacts }) {
  const { speech } = useStage();
  const computer = useComputer();
  const { width } = facts.shape;
  if (computer === null) return null;
  const { phase, counter, word, registers, ahead, done, output } = computer;
  const text = word === null ? null : (disassemble(word, labelsOf(computer.text)) ?? '—');
  return (
    <>
      <Fitted className="part-name" x={16} y={26} room={width - 30} size={17}>
        {facts.name}
      </Fitted>
      <Sign name={signs[phase]} x={16} y={36} />
      <Fitted className="part-status" x={36} y={48} room={width - 50}>
        {speech.say(`computer.phase.${phase}`)}
      </Fitted>
      <Steps phase={phase} width={width} />
      <rect className="instruction-room" x={16} y={98} width={width - 32} height={54} rx="4" />
      <text className="word-note" x={26} y={115}>
        {speech.say('computer.instructionAt', { address: counter })}
      </text>
      {word === null ? null : (
        <text className="word-note digits" x={width - 26} y={115} textAnchor="end">
          {inHex(word)}
        </text>
      )}
      <text className="instruction" x={26} y={141}>
        {text ?? '…'}
      </text>
      {registerNames.map((name, place) => {
        const x = 16 + (place % 2) * ((width - 32) / 2 + 4);
        const y = 164 + Math.floor(place / 2) * 36;
        const room = (width - 40) / 2;
        return (
          <g key={name} className="register">
            <rect x={x} y={y} width={room} height={30} rx="4" />
            <text className="register-name" x={x + 10} y={y + 20}>
              {name}
            </text>
            <text className="register-value" x={x + room - 10} y={y + 20} textAnchor="end">
              {registers[place]}
            </text>
          </g>
        );
      })}
      <Fitted className="part-count" x={16} y={258} room={width - 32}>
        {speech.say('computer.done', { count: done })}
      </Fitted>
      <Fitted className="part-count" x={16} y={280} room={width - 32}>
        {ahead >= 0
          ? speech.say('computer.ahead', { address: ahead })
          : output === null
            ? speech.say('computer.noOutput')
            : speech.say('computer.output', { value: output })}
      </Fitted>
    </>
  );
}
