/* oxlint-disable jsx-a11y/no-static-element-interactions, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role --
   the stage listens to the keys of what it holds, and its drawing can be reached so that they have somewhere to be pressed */
/** One stage: it holds the setting, asks the machine for runs, and hands what comes back to the pieces around it. */
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import type { SweepPoint } from '../../../simulations/index.ts';
import { changeSpeed, seek, toggle, watchableSpeed, type Clock } from '../../core/playback/clock.ts';
import { readFrames } from '../../core/playback/frame.ts';
import { isSameSetting, sweepKey, type StageSetting } from '../../core/playback/setting.ts';
import { openSimulator, type Simulator } from '../../worker/client.ts';
import { OverDial } from './charts/OverDial.tsx';
import { OverTime } from './charts/OverTime.tsx';
import { StageContext, type StageShared } from './context.ts';
import { Drawing } from './drawing/Drawing.tsx';
import { Help, useShortcuts } from './Help.tsx';
import { Little, Numbers, REPEATS, type Repeated } from './numbers/Numbers.tsx';
import { makePlayer } from './player.ts';
import type { Prepared, Reading } from './prepared.ts';
import { readingOf, REPLICATIONS, stopsOf, sweepPlan } from './reading.ts';
import { Designs, Dials, Faults } from './settings/Settings.tsx';
import { addressedRun, copyText, keepAddress, linkTo } from './share.ts';
import { makeSpeech } from './speech.ts';
import { makeSteps } from './time/steps.ts';
import { Scrubber, TimeControls } from './time/Time.tsx';
import { Waterfall } from './Waterfall.tsx';
import { Log, Words } from './words/Words.tsx';

/** Something the reader is told in a line above the stage, until the next run. */
interface Notice {
  kind: 'info' | 'problem';
  text: string;
}

/** What a sentence of the lesson may ask of the stage. */
interface LookRequest {
  scenario?: string;
  design?: string;
  dials?: Record<string, number>;
  part?: string;
}

const POINTS = 110;
/** How long a setting has to stand before its curve is asked for, in milliseconds: a dial that is being turned wants runs. */
const CALM = 150;
/** How long a part stays lit after a sentence has named it, in milliseconds. */
const LIT = 6000;

function firstPlayer({ reading, frame, done, scenario }: Prepared) {
  const { run } = reading;
  const traffic = run.ledger.made / Math.max(1, run.endedAt / run.time.ticks);
  const clock: Clock = {
    at: frame.at,
    end: run.endedAt,
    playing: false,
    speed: watchableSpeed(traffic),
    unit: scenario.time.ticks,
    window: reading.window,
  };
  return makePlayer({ clock, frame, done: new Map(done) });
}

export default function Stage({ prepared: text }: { prepared: string }) {
  const prepared = useMemo(() => JSON.parse(text) as Prepared, [text]);
  const { scenario, language, messages, words, show } = prepared;
  const prefix = `sim-${scenario.id}`;
  const speech = useMemo(
    () => makeSpeech(language, messages, words, scenario.time.unit),
    [language, messages, words, scenario],
  );
  const say = speech.say;
  const [player] = useState(() => firstPlayer(prepared));
  const [setting, setSetting] = useState<StageSetting>(prepared.setting);
  const [reading, setReading] = useState<Reading>(prepared.reading);
  const [isReady, setReady] = useState(false);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [points, setPoints] = useState<SweepPoint[]>(prepared.sweep);
  const [left, setLeft] = useState(0);
  const [repeated, setRepeated] = useState<Repeated | null>(null);
  const [followed, setFollowed] = useState<number | null>(null);
  const [lit, setLit] = useState<string | null>(null);
  const [isMoving, setMoving] = useState(false);
  const [copied, setCopied] = useState('');
  const shortcuts = useShortcuts();
  const simulator = useRef<Simulator | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const touched = useRef(false);
  const latest = useRef({ setting: prepared.setting, reading: prepared.reading });
  const sweptFor = useRef('');
  const calm = useRef<ReturnType<typeof setTimeout>>(undefined);
  const promised = useRef<{ engine: string; digest: string } | null>(null);
  const stops = useMemo(() => stopsOf(scenario), [scenario]);
  const has = (section: string): boolean => show === null || show.includes(section);

  const here = useCallback(() => {
    const { setting: now, reading: read } = latest.current;
    return {
      ...now,
      scenario: scenario.id,
      at: Number((player.clock().at / player.clock().unit).toFixed(6)),
      engine: read.run.engine,
      digest: read.run.digest,
    };
  }, [player, scenario]);

  /** Puts the address in step, once the reader has done something and the run is not running away. */
  const keep = useCallback(() => {
    if (touched.current && !player.clock().playing) keepAddress(here(), prefix);
  }, [here, player, prefix]);

  const askSweep = useCallback(
    (now: StageSetting): void => {
      const plan = scenario.show?.sweep;
      const dial = scenario.dials.find((each) => each.id === plan?.dial);
      if (plan === undefined || dial === undefined) return;
      clearTimeout(calm.current);
      const key = sweepKey(now, dial.id);
      if (key === sweptFor.current) return;
      const at = sweepPlan(dial);
      setLeft(at.length);
      calm.current = setTimeout(() => {
        sweptFor.current = key;
        simulator.current?.sweep({
          setting: { ...now, inputs: [] },
          dial: dial.id,
          measure: plan.measure,
          theory: plan.theory,
          at,
          replications: REPLICATIONS,
        });
      }, CALM);
    },
    [scenario],
  );

  const change = useCallback((next: StageSetting): void => {
    if (isSameSetting(next, latest.current.setting)) return;
    touched.current = true;
    promised.current = null;
    latest.current = { ...latest.current, setting: next };
    setSetting(next);
    setNotice(null);
    setRepeated(null);
    simulator.current?.run(next);
  }, []);

  useEffect(() => {
    sweptFor.current = scenario.show?.sweep === undefined ? '' : sweepKey(prepared.setting, scenario.show.sweep.dial);
    const opened = openSimulator(scenario, {
      run: (run, theory) => {
        const read = readingOf(run, scenario, theory, POINTS);
        const frames = readFrames(run, { stops });
        latest.current = { ...latest.current, reading: read };
        // The clock and what stands around it change together: drawn once, not once for each.
        flushSync(() => {
          setReading(read);
          setReady(true);
          player.put(frames, run.trace!.windows.ticks);
        });
        const promise = promised.current;
        if (promise !== null && promise.digest !== '' && promise.digest !== run.digest) {
          setNotice({
            kind: 'problem',
            text: makeSpeech(language, messages, words, scenario.time.unit).say('notice.otherRun', {
              before: promise.engine || '?',
              now: run.engine,
            }),
          });
        }
        askSweep(latest.current.setting);
        keep();
      },
      point: (point, still) => {
        setLeft(still);
        // The first point of a new curve clears the old one away.
        setPoints((before) =>
          still === POINTS_FIRST(scenario) ? [point] : [...before.filter((each) => each.x !== point.x), point],
        );
      },
      repeated: (done, together) => setRepeated({ done, together }),
      error: (kind, message, path) => {
        setRepeated(null);
        setNotice({ kind: 'problem', text: speech.say(`notice.${kind}`, { message, path }) });
      },
      slow: () => setNotice({ kind: 'info', text: speech.say('notice.slow') }),
    });
    simulator.current = opened;

    const decoded = addressedRun(scenario, prefix);
    let first = prepared.setting;
    if (decoded !== null && decoded.ok) {
      const { design, dials, inputs, seed, at, engine, digest } = decoded.address;
      first = { design, dials, inputs, seed };
      promised.current = { engine, digest };
      latest.current = { ...latest.current, setting: first };
      setSetting(first);
      player.change((clock) => ({ ...seek(clock, Math.round(at * clock.unit)) }));
    } else if (decoded !== null) {
      const [problem] = decoded.problems;
      setNotice({
        kind: 'problem',
        text: speech.say('notice.badLink', {
          why: speech.say(`notice.link.${problem!.problem}`, {
            where: problem!.where,
            found: problem!.found,
            expected: problem!.expected,
          }),
        }),
      });
    }
    opened.run(first);
    return () => {
      clearTimeout(calm.current);
      opened.close();
      player.stop();
    };
    // The machine is opened once for a stage; what it hears back is read through refs.
    // eslint-disable-next-line react/exhaustive-deps
  }, []);

  useEffect(() => player.subscribe(keep), [player, keep]);

  useEffect(() => {
    let dim: ReturnType<typeof setTimeout> | undefined;
    const onLook = (event: Event): void => {
      const look = (event as CustomEvent<LookRequest>).detail;
      if (look === null || typeof look !== 'object' || (look.scenario !== undefined && look.scenario !== scenario.id))
        return;
      const now = latest.current.setting;
      const dials = { ...now.dials };
      for (const dial of scenario.dials) {
        const value = look.dials?.[dial.id];
        if (typeof value === 'number' && value >= dial.min && value <= dial.max) dials[dial.id] = value;
      }
      const design = scenario.designs.some((each) => each.id === look.design) ? look.design! : now.design;
      // Says to whoever asked that it has been done here, so that a link need not be followed.
      event.preventDefault();
      setLit(look.part ?? null);
      clearTimeout(dim);
      if (look.part !== undefined) dim = setTimeout(() => setLit(null), LIT);
      change({ ...now, design, dials });
    };
    document.addEventListener('seams:look', onLook);
    return () => {
      clearTimeout(dim);
      document.removeEventListener('seams:look', onLook);
    };
  }, [scenario, change]);

  const steps = useMemo(() => {
    const made = makeSteps(player, reading.marks);
    const touching = (act: () => void) => () => {
      touched.current = true;
      act();
    };
    return {
      forward: touching(made.forward),
      back: touching(made.back),
      nextMark: touching(made.nextMark),
      previousMark: touching(made.previousMark),
      hasMarks: made.hasMarks,
    };
  }, [player, reading]);

  const followSome = useCallback((): void => {
    const hops = player.reader()?.run.trace!.hops;
    if (hops === undefined) return;
    const frame = player.frame();
    const parts = Object.values(frame.parts);
    const row =
      parts.flatMap((part) => part.queue)[0] ??
      parts.flatMap((part) => part.slots.map((slot) => slot.hop)).find((hop) => hop >= 0) ??
      frame.travelling[0]?.hop;
    setFollowed(row === undefined ? Math.min(frame.made, hops.count) : hops.request[row]!);
  }, [player]);

  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    if (!isReady || event.altKey || event.ctrlKey || event.metaKey || !shortcuts.on) return;
    const { tagName, type } = event.target as HTMLInputElement;
    const isTyping = tagName === 'SELECT' || (tagName === 'INPUT' && type === 'number');
    // What the space bar presses keeps it; a slider has no use for it, so there it plays.
    const isPressing =
      event.key === ' ' &&
      (tagName === 'BUTTON' || tagName === 'SUMMARY' || tagName === 'A' || (tagName === 'INPUT' && type !== 'range'));
    if (isTyping || isPressing) return;
    const acts: Record<string, () => void> = {
      ' ': () => player.change(toggle),
      k: () => player.change(toggle),
      '.': steps.forward,
      ',': steps.back,
      ']': steps.nextMark,
      '[': steps.previousMark,
      '+': () => player.change((clock) => ({ ...clock, speed: changeSpeed(clock.speed, 1) })),
      '=': () => player.change((clock) => ({ ...clock, speed: changeSpeed(clock.speed, 1) })),
      '-': () => player.change((clock) => ({ ...clock, speed: changeSpeed(clock.speed, -1) })),
      f: () => (followed === null ? followSome() : setFollowed(null)),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    touched.current = true;
    act();
  };

  const shared: StageShared = useMemo(
    () => ({ prefix, scenario, speech, player, followed, follow: setFollowed, lit }),
    [prefix, scenario, speech, player, followed, lit],
  );
  const changing = { setting, change, isReady };
  const repeat = useCallback((): void => {
    setRepeated({ done: 0, together: null });
    simulator.current?.repeat(latest.current.setting, REPEATS);
  }, []);
  const copy = async (): Promise<void> => {
    const link = linkTo(here(), prefix);
    setCopied(say((await copyText(link)) ? 'share.copied' : 'share.byHand', { link }));
  };
  const isOverloaded = reading.overloaded.length > 0;

  return (
    <StageContext value={shared}>
      {/* The keys belong to whatever has the focus inside the stage; the stage itself is not a control. */}
      <div
        ref={root}
        className="stage-body"
        data-ready={isReady}
        data-digest={reading.run.digest}
        onKeyDown={onKey}
        onPointerDown={() => {
          touched.current = true;
        }}
      >
        {notice === null ? null : (
          <p className={`notice is-${notice.kind}`} role={notice.kind === 'problem' ? 'alert' : 'status'}>
            {notice.text}{' '}
            <button type="button" className="plain" onClick={() => setNotice(null)}>
              {say('notice.close')}
            </button>
          </p>
        )}
        <div className="stage-see">
          {/* A drawing one can reach by keyboard, so that the single keys have somewhere to be pressed. */}
          <div
            className="stage-table"
            role="group"
            tabIndex={0}
            aria-label={say('drawing.label', { title: words.title })}
            aria-describedby={`${prefix}-keys`}
          >
            <Drawing reading={reading} isMoving={isMoving} />
            {isOverloaded ? <p className="verdict">{say('notice.overload')}</p> : null}
          </div>
          <div className="stage-time">
            <TimeControls steps={steps} isReady={isReady} />
            <Scrubber reading={reading} isReady={isReady} />
          </div>
          <Waterfall />
          <Designs {...changing} />
          <div className="stage-links">
            <button
              type="button"
              className="plain"
              disabled={!isReady}
              onClick={() => (followed === null ? followSome() : setFollowed(null))}
            >
              {say(followed === null ? 'follow.start' : 'follow.stop')}
            </button>
            <button
              type="button"
              className="plain"
              aria-pressed={isMoving}
              disabled={!isReady}
              onClick={() => setMoving(!isMoving)}
            >
              {say('drawing.move')}
            </button>
            <button type="button" className="plain" disabled={!isReady} onClick={() => void copy()}>
              {say('share.copy')}
            </button>
            <Help shortcuts={shortcuts} id={`${prefix}-keys`} />
            <output className="copied">{copied}</output>
          </div>
        </div>
        <div className="stage-turn">
          {has('dials') ? <Dials {...changing} /> : null}
          {has('faults') ? <Faults {...changing} /> : null}
        </div>
        {has('charts') ? <OverTime reading={reading} /> : null}
        {has('sweep') ? <OverDial points={points} left={left} reading={reading} {...changing} /> : null}
        <div className="stage-tell">
          {has('numbers') ? (
            <>
              <Numbers reading={reading} repeated={repeated} repeat={repeat} {...changing} />
              <Little reading={reading} />
            </>
          ) : null}
          <Words reading={reading} />
        </div>
        <Log reading={reading} />
      </div>
    </StageContext>
  );
}

/** How many points are left when the first one of a curve arrives. */
function POINTS_FIRST(scenario: Prepared['scenario']): number {
  const dial = scenario.dials.find((each) => each.id === scenario.show?.sweep?.dial);
  return dial === undefined ? -1 : sweepPlan(dial).length - 1;
}
