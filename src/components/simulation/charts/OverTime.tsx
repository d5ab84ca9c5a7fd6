/** What happened over the run: response with its spread, the line, how busy; the cursor is the stage's own moment. */
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { memo, useRef, type PointerEvent } from 'react';
import { seek } from '../../../core/playback/clock.ts';
import { spanAt, type Curves } from '../../../core/playback/curves.ts';
import { useClock, useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';
import { Plot } from './Plot.tsx';

function useAtCursor(curves: Curves): number {
  const { at } = useClock();
  return spanAt(curves, at);
}

/** The value at the cursor, beside the name of what is drawn. */
function Head({ name, read }: { name: string; read: () => string }) {
  return (
    <p className="chart-head">
      <span>{name}</span> <strong className="digits">{read()}</strong>
    </p>
  );
}

function ResponseHead({ curves }: { curves: Curves }) {
  const { speech } = useStage();
  const span = useAtCursor(curves);
  const value = curves.mean[span];
  return (
    <Head
      name={speech.say('charts.response')}
      read={() => (value == null ? speech.say('charts.nothing') : speech.quantity(value, 'time'))}
    />
  );
}

function QueueHead({ curves }: { curves: Curves }) {
  const { speech } = useStage();
  const span = useAtCursor(curves);
  return <Head name={speech.say('charts.queue')} read={() => speech.number(curves.queue[span] ?? 0)} />;
}

function BusyHead({ curves }: { curves: Curves }) {
  const { speech } = useStage();
  const span = useAtCursor(curves);
  return <Head name={speech.say('charts.busy')} read={() => speech.quantity(curves.busy[span] ?? 0, 'share')} />;
}

function Cursor() {
  const clock = useClock();
  return <div className="cursor" style={{ left: `${(clock.at / Math.max(1, clock.end)) * 100}%` }} />;
}

/** Room above the largest value, rounded up to what an axis can say. */
const nice = (most: number): [number, number] =>
  scaleLinear([0, most > 0 ? most : 1], [0, 1])
    .nice(3)
    .domain() as [number, number];

export const OverTime = memo(function OverTime({ reading }: { reading: Reading }) {
  const { speech, player } = useStage();
  const box = useRef<HTMLDivElement>(null);
  const curves = reading.curves[0];
  if (curves === undefined) return null;
  const { ticks } = reading.run.time;
  const x = scaleLinear([0, curves.end], [0, 1000]);
  const middle = (span: number): number => x(Math.min(curves.end, (span + 0.5) * curves.width));

  const slide = (event: PointerEvent): void => {
    if (player.reader() === null || (event.type === 'pointermove' && event.buttons !== 1)) return;
    // Fingers scroll the page; only a mouse or pen slides here.
    if (event.pointerType === 'touch' && event.type === 'pointermove') return;
    const { left, width } = box.current!.getBoundingClientRect();
    const at = ((event.clientX - left) / width) * curves.end;
    player.change((clock) => ({ ...seek(clock, at), playing: false }));
  };

  const most = Math.max(...curves.p95.map((value) => value ?? 0), ...curves.mean.map((value) => value ?? 0));
  const responseDomain = nice(most);
  const y = scaleLinear(responseDomain, [100, 0]);
  const spread = area<number | null>()
    .defined((value) => value !== null)
    .x((_, span) => middle(span))
    .y0((_, span) => y(curves.p50[span] ?? 0))
    .y1((value) => y(Math.min(value!, responseDomain[1])))(curves.p95);
  const mean = line<number | null>()
    .defined((value) => value !== null)
    .x((_, span) => middle(span))
    .y((value) => y(value!))(curves.mean);

  const queueDomain = nice(Math.max(...curves.queue));
  const yQueue = scaleLinear(queueDomain, [100, 0]);
  const queue = area<number>()
    .x((_, span) => middle(span))
    .y0(100)
    .y1((value) => yQueue(value))(curves.queue);
  const yBusy = scaleLinear([0, 1], [100, 0]);
  const busy = area<number>()
    .x((_, span) => middle(span))
    .y0(100)
    .y1((value) => yBusy(value))(curves.busy);

  const faults = reading.faults.map((fault) => ({
    key: `${fault.fault} ${fault.from}`,
    from: x(fault.from),
    to: x(Math.min(fault.to ?? curves.end, curves.end)),
  }));
  const times = x.ticks(6).map((at) => ({ at: x(at) / 10, text: speech.number(at / ticks) }));
  const shade = faults.map((fault) => (
    <rect
      key={fault.key}
      className="fault-shade"
      x={fault.from}
      width={Math.max(1.5, fault.to - fault.from)}
      y="0"
      height="100"
    />
  ));
  const labels = (scale: typeof y, count: number, text: (value: number) => string) =>
    scale.ticks(count).map((value) => ({ at: scale(value), text: text(value) }));

  return (
    <figure className="over-time" aria-label={speech.say('charts.overTime')}>
      <div className="chart-stack" ref={box} onPointerDown={slide} onPointerMove={slide}>
        <div className="chart">
          <ResponseHead curves={curves} />
          <Plot height="8rem" y={labels(y, 3, (value) => speech.quantity(value, 'time'))} x={[]}>
            {shade}
            <path className="band" d={spread ?? ''} />
            <path className="line is-response" d={mean ?? ''} />
          </Plot>
          <p className="chart-note">
            <span className="key-line" /> {speech.say('charts.mean')} <span className="key-band" />{' '}
            {speech.say('charts.spread')}
          </p>
        </div>
        <div className="chart">
          <QueueHead curves={curves} />
          <Plot height="4.5rem" y={labels(yQueue, 2, speech.number)} x={[]}>
            {shade}
            <path className="fill is-queue" d={queue ?? ''} />
          </Plot>
        </div>
        <div className="chart">
          <BusyHead curves={curves} />
          <Plot height="3rem" y={labels(yBusy, 1, (value) => speech.quantity(value, 'share'))} x={times}>
            {shade}
            <path className="fill is-busy" d={busy ?? ''} />
          </Plot>
        </div>
        <Cursor />
      </div>
      <p className="axis-name">{speech.say(`charts.time.${speech.timeUnit}`)}</p>
    </figure>
  );
});
