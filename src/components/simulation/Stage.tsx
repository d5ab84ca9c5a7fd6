/* oxlint-disable jsx-a11y/no-static-element-interactions, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role --
   the stage listens to the keys of what it holds, and its drawing can be reached so that they have somewhere to be pressed */
/** One stage: it holds the setting, asks the machine for runs, and hands what comes back to the pieces around it. */
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Input, SweepPoint } from '../../../simulations/index.ts';
import { changeSpeed, loopIn, loopOf, seek, toggle, watchableSpeed, type Clock } from '../../core/playback/clock.ts';
import { readFrames } from '../../core/playback/frame.ts';
import { closedFormFor } from '../../core/playback/closed-forms.ts';
import type { Decoded } from '../../core/playback/address.ts';
import { besides, isSameSetting, sweepKey, type StageSetting } from '../../core/playback/setting.ts';
import { viewFrom, viewWords, type View } from '../../core/playback/view.ts';
import { openSimulator, type CompareQuestion, type Simulator } from '../../worker/client.ts';
import { OverDial, type SweptPlan } from './charts/OverDial.tsx';
import { designName } from './charts/names.ts';
import { OverTime } from './charts/OverTime.tsx';
import { BoardRoom } from './boards/BoardRoom.tsx';
import { useComparing } from './compare/comparing.ts';
import { BesideRoom, DifferencesRoom } from './compare/CompareRoom.tsx';
import { WorkbenchRoom } from './computer/WorkbenchRoom.tsx';
import { StageContext, type StageShared } from './context.ts';
import { Drawing } from './drawing/Drawing.tsx';
import { Key } from './drawing/Key.tsx';
import { Help, useShortcuts } from './Help.tsx';
import { Little, Numbers, REPEATS, type Repeated } from './numbers/Numbers.tsx';
import { KeepRoom } from './keep/KeepRoom.tsx';
import type { Mirror } from './mirror.ts';
import { makePlayer } from './player.ts';
import { GuessRoom, useGuessing } from './predict/GuessRoom.tsx';
import type { Prepared, Reading } from './prepared.ts';
import { readingOf, REPLICATIONS, knowledgeOf, sweepPlan } from './reading.ts';
import { useActing } from './settings/acting.ts';
import { nothingInWords } from './settings/deed-words.ts';
import { MenuRoom, useMenu } from './settings/MenuRoom.tsx';
import { Schedule } from './settings/Schedule.tsx';
import { Designs, Dials, Faults } from './settings/Settings.tsx';
import { addressedRun, copyText, keepAddress, leaveAddress, linkTo } from './share.ts';
import { makeSpeech } from './speech.ts';
import { dropLoop, LoopControls, setLoop } from './time/Loop.tsx';
import { MarkList } from './time/MarkList.tsx';
import { makeSteps } from './time/steps.ts';
import { Scrubber, TimeControls } from './time/Time.tsx';
import { Waterfall } from './Waterfall.tsx';
import { useWhy, WhyRoom } from './why/WhyRoom.tsx';
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
  const { scenario, connections, language, messages, words, show } = prepared;
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
  const [isLiving, setLiving] = useState(false);
  const live = useCallback(() => setLiving(true), []);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [points, setPoints] = useState<SweepPoint[]>(prepared.sweep);
  const [left, setLeft] = useState(0);
  const [repeated, setRepeated] = useState<Repeated | null>(null);
  const [followed, setFollowed] = useState<number | null>(null);
  const [lit, setLit] = useState<string | null>(null);
  const why = useWhy();
  const guessing = useGuessing();
  const [isMoving, setMoving] = useState(false);
  const [copied, setCopied] = useState('');
  const shortcuts = useShortcuts();
  const simulator = useRef<Simulator | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const touched = useRef(false);
  const mirror = useRef<Mirror | null>(null);
  const latest = useRef({ setting: prepared.setting, reading: prepared.reading });
  const sweptFor = useRef('');
  const calm = useRef<ReturnType<typeof setTimeout>>(undefined);
  const promised = useRef<{ engine: string; digest: string } | null>(null);
  /** What is open, for whoever writes a link; and what a link wants opened as soon as its run is there. */
  const viewed = useRef<View>({ followed: null, asked: null });
  const wanted = useRef<View['asked']>(null);
  /** What was done in the future that was left; and what a link wants shown once that future has been made. */
  const leftInputs = useRef<Input[] | null>(null);
  const after = useRef<StageSetting | null>(null);
  const wantedSweep = useRef<View['sweep']>(null);
  /** The charts that the reader has chosen; null for those that come up by themselves. */
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const knowledge = useMemo(() => knowledgeOf(scenario), [scenario]);
  const has = (section: string): boolean => show === null || show.includes(section);

  const here = useCallback(() => {
    const { setting: now, reading: read } = latest.current;
    return {
      ...now,
      scenario: scenario.id,
      at: Number((player.clock().at / player.clock().unit).toFixed(6)),
      engine: read.run.engine,
      digest: read.run.digest,
      view: viewWords({ ...viewed.current, loop: loopOf(player.clock()) }),
      ...(leftInputs.current && { left: leftInputs.current }),
    };
  }, [player, scenario]);

  /** Puts the address in step, once the reader has done something and the run is not running away. */
  const keep = useCallback(() => {
    // On a slide the address names the slide, and what is shown is told to the other windows.
    if (mirror.current !== null) mirror.current.changed();
    else if (touched.current && !player.clock().playing) keepAddress(here(), prefix);
  }, [here, player, prefix]);

  /** The dial and the measure of the curve over a dial: the scenario's own until the reader chooses. */
  const [plan, setPlan] = useState<SweptPlan | null>(scenario.show?.sweep ?? null);
  const sweptPlan = useRef(plan);
  const askSweep = useCallback(
    (now: StageSetting): void => {
      const plan = sweptPlan.current;
      const dial = scenario.dials.find((each) => each.id === plan?.dial);
      if (plan === null || dial === undefined || show?.includes('sweep') === false) return;
      clearTimeout(calm.current);
      const key = `${dial.id} ${plan.measure} ${sweepKey(now, dial.id)}`;
      if (key === sweptFor.current) return;
      const at = sweepPlan(dial);
      setLeft(at.length);
      calm.current = setTimeout(() => {
        sweptFor.current = key;
        simulator.current?.sweep({
          setting: { ...now, inputs: [] },
          dial: dial.id,
          measure: plan.measure,
          theory: plan.theory ?? closedFormFor(plan.measure),
          at,
          replications: REPLICATIONS,
        });
      }, CALM);
    },
    [scenario, show],
  );

  const menu = useMenu();
  const changer = useRef<(next: StageSetting) => void>(() => undefined);
  const acting = useActing({ prepared, scenario, player, latest, change: changer });
  const { acts, ghost, dismiss, asked, arrived, restart } = acting;
  const chartGhost = useMemo(
    () => (ghost === null ? null : { reading: ghost.reading, from: ghost.from * scenario.time.ticks, dismiss }),
    [ghost, dismiss, scenario],
  );

  const comparing = useComparing(
    scenario,
    useCallback((question: CompareQuestion) => simulator.current?.compare(question), []),
  );
  const compared = useRef(comparing);
  compared.current = comparing;
  const change = useCallback(
    (wish: StageSetting): void => {
      const next = { ...wish, compared: besides(wish.design, wish.compared) };
      if (isSameSetting(next, latest.current.setting)) return;
      touched.current = true;
      promised.current = null;
      after.current = null;
      latest.current = { ...latest.current, setting: next };
      setSetting(next);
      setNotice(null);
      asked(next);
      compared.current.asked();
      setRepeated(null);
      simulator.current?.run(next);
    },
    [asked],
  );
  useEffect(() => {
    changer.current = change;
  }, [change]);

  /** Shows what a link or a kept file says, or says what is wrong with it. */
  const arrive = useCallback(
    (decoded: Decoded, refusal = 'notice.badLink'): void => {
      if (!decoded.ok) {
        const { problem, where, found, expected } = decoded.problems[0]!;
        const why = speech.say(`notice.link.${problem}`, { where, found, expected });
        setNotice({ kind: 'problem', text: speech.say(refusal, { why }) });
        return;
      }
      setNotice(null);
      const { design, compared, dials, inputs, seed, at, engine, digest, view, texts, left } = decoded.address;
      const said: StageSetting = {
        design,
        compared: besides(design, compared),
        dials,
        inputs,
        seed,
        ...(texts && { texts }),
      };
      promised.current = { engine, digest };
      latest.current = { ...latest.current, setting: said };
      setSetting(said);
      restart(said);
      const ticks = Math.round(at * scenario.time.ticks);
      const seen = viewFrom(view, ticks, Object.keys(scenario.parts));
      setFollowed(seen.followed);
      setChosen(seen.charts ?? null);
      wanted.current = seen.asked;
      wantedSweep.current = seen.sweep ?? null;
      player.change((clock) => ({ ...seek(clock, ticks), loop: loopIn(seen.loop, clock) }));
      // What was left is made first: then it is there to be seen behind what the link shows.
      after.current = left === undefined ? null : said;
      const first = left === undefined ? said : { ...said, compared: [], inputs: left };
      latest.current = { ...latest.current, setting: first };
      simulator.current?.run(first);
    },
    [speech, player, scenario, restart],
  );

  const openKept = useCallback((decoded: Decoded): void => arrive(decoded, 'notice.badFile'), [arrive]);

  useEffect(() => {
    // A curve that came with the page need not be asked for.
    sweptFor.current =
      scenario.show?.sweep === undefined || prepared.sweep.length === 0
        ? ''
        : `${scenario.show.sweep.dial} ${scenario.show.sweep.measure} ${sweepKey(prepared.setting, scenario.show.sweep.dial)}`;
    /** Makes what a link is about, once the future that was left before it is there or cannot be made. */
    const goOn = (): boolean => {
      const next = after.current;
      after.current = null;
      if (next === null) return false;
      latest.current = { ...latest.current, setting: next };
      opened.run(next);
      return true;
    };
    const opened = openSimulator(scenario, {
      run: (run, theory, _took, beside) => {
        const read = readingOf(run, scenario, theory, POINTS);
        const frames = readFrames(run, knowledge);
        latest.current = { ...latest.current, reading: read };
        // The clock and what stands around it change together: drawn once, not once for each.
        flushSync(() => {
          setReading(read);
          arrived(latest.current.setting, read);
          compared.current.arrived(latest.current.setting, beside);
          setReady(true);
          player.put(frames, run.trace!.windows.ticks);
        });
        if (goOn()) return;
        const promise = promised.current;
        const isAnother = promise !== null && promise.digest !== '' && promise.digest !== run.digest;
        // A request has its number only in its own run.
        if (wanted.current !== null && !(isAnother && wanted.current.kind === 'request')) why.open(wanted.current);
        wanted.current = null;
        if (isAnother) {
          setNotice({
            kind: 'problem',
            text: makeSpeech(language, messages, words, scenario.time.unit).say('notice.otherRun', {
              before: promise.engine || '?',
              now: run.engine,
            }),
          });
        }
        const sweep = wantedSweep.current;
        wantedSweep.current = null;
        if (sweep && run.measures[sweep.measure] !== undefined && scenario.dials.some(({ id }) => id === sweep.dial)) {
          sweptPlan.current = sweep;
          setPlan(sweep);
          setPoints([]);
        }
        askSweep(latest.current.setting);
        keep();
      },
      point: (point, still) => {
        setLeft(still);
        // The first point of a new curve clears the old one away.
        setPoints((before) =>
          still === firstLeft(scenario, sweptPlan.current?.dial)
            ? [point]
            : [...before.filter((each) => each.x !== point.x), point],
        );
      },
      repeated: (done, together) => setRepeated({ done, together }),
      compared: (done, differences) => compared.current.heard(done, differences),
      error: (kind, message, path) => {
        if (goOn()) return;
        setRepeated(null);
        compared.current.failed();
        setNotice({ kind: 'problem', text: speech.say(`notice.${kind}`, { message, path }) });
      },
      slow: () => setNotice({ kind: 'info', text: speech.say('notice.slow') }),
    });
    simulator.current = opened;

    let isGone = false;
    const begin = async (): Promise<void> => {
      const decoded = await addressedRun(scenario, prefix);
      if (isGone) return;
      if (decoded !== null) arrive(decoded);
      if (decoded?.ok !== true) opened.run(prepared.setting);
    };
    void begin();
    return () => {
      isGone = true;
      clearTimeout(calm.current);
      opened.close();
      player.stop();
    };
    // The machine is opened once for a stage; what it hears back is read through refs.
    // eslint-disable-next-line react/exhaustive-deps
  }, []);

  useEffect(() => {
    if (document.documentElement.dataset['deck'] === undefined) return undefined;
    let isGone = false;
    const open = async (): Promise<void> => {
      const { mirrored } = await import('./mirror.ts');
      if (!isGone) mirror.current = mirrored({ scenario, player, root: root.current!, here, arrive });
    };
    void open();
    return () => {
      isGone = true;
      mirror.current?.end();
      mirror.current = null;
    };
  }, [scenario, player, here, arrive]);

  useEffect(() => player.subscribe(keep), [player, keep]);
  useEffect(() => leaveAddress, []);
  useEffect(() => {
    let before = player.clock().at;
    return player.subscribe(() => {
      const { at, playing } = player.clock();
      if (at !== before && !playing) simulator.current?.hush?.();
      before = at;
    });
  }, [player]);
  useEffect(() => {
    const sweep = plan === null || plan === scenario.show?.sweep ? null : plan;
    viewed.current = { followed, asked: why.subject, charts: chosen, sweep };
    leftInputs.current = ghost?.setting.inputs ?? null;
    keep();
  }, [followed, why.subject, chosen, plan, ghost, scenario, keep]);

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
    const { tagName, type } = event.target as HTMLInputElement;
    const isTyping = tagName === 'SELECT' || tagName === 'TEXTAREA' || (tagName === 'INPUT' && type === 'number');
    if (isReady && !event.altKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !isTyping) {
      event.preventDefault();
      if (event.shiftKey) acts.redo();
      else acts.undo();
    }
    if (!isReady || event.altKey || event.ctrlKey || event.metaKey || !shortcuts.on) return;
    // What the space bar presses keeps it; a slider has no use for it, so there it plays.
    const isPressing =
      event.key === ' ' &&
      (tagName === 'BUTTON' || tagName === 'SUMMARY' || tagName === 'A' || (tagName === 'INPUT' && type !== 'range'));
    if (isTyping || isPressing) return;
    const keys: Record<string, () => void> = {
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
      w: () => why.open({ kind: 'moment', at: player.clock().at }),
      i: () => setLoop(player, 'from'),
      o: () => setLoop(player, 'to'),
      l: () => dropLoop(player),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    touched.current = true;
    act();
  };

  const shared: StageShared = useMemo(
    () => ({
      prefix,
      scenario,
      connections,
      speech,
      player,
      followed,
      follow: setFollowed,
      lit,
      openWhy: why.open,
      acts,
      openMenu: menu.open,
    }),
    [prefix, scenario, connections, speech, player, followed, lit, why.open, acts, menu.open],
  );
  const changing = { setting, change, isReady };
  const chooseSweep = useCallback(
    (next: SweptPlan): void => {
      touched.current = true;
      sweptPlan.current = next;
      setPlan(next);
      setPoints([]);
      askSweep(latest.current.setting);
    },
    [askSweep],
  );
  const choice = useMemo(() => ({ chosen, choose: setChosen }), [chosen]);
  const repeat = useCallback((): void => {
    setRepeated({ done: 0, together: null });
    simulator.current?.repeat(latest.current.setting, REPEATS);
  }, []);
  const copy = async (): Promise<void> => {
    // In a frame on another page, what is shared is the page of its own.
    const isFramed = location.pathname === prepared.addresses.embed;
    const link = await linkTo(here(), prefix, isFramed ? prepared.addresses.page : undefined);
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
        data-guessing={guessing.now}
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
          {/* Reached by keyboard, so that the single keys have somewhere to be pressed: by itself, and then by its parts. */}
          <div
            className="stage-table"
            role="group"
            tabIndex={isLiving ? -1 : 0}
            aria-label={say('drawing.label', { title: words.title })}
            aria-describedby={`${prefix}-keys`}
          >
            {comparing.beside.length === 0 ? null : (
              <p className="beside-name">{designName(speech, reading.run.design)}</p>
            )}
            <Drawing reading={reading} isMoving={isMoving} onLiving={live} />
            {isOverloaded ? <p className="verdict">{say('notice.overload')}</p> : null}
            {reading.isSampled ? (
              <p className="chart-note">
                {say('notice.sampled', { time: speech.span(reading.window / scenario.time.ticks) })}
              </p>
            ) : null}
            <MenuRoom menu={menu} setting={setting} isReady={isReady} />
          </div>
          <BesideRoom comparing={comparing} isMoving={isMoving} />
          <Key />
          <div className="stage-time">
            <TimeControls steps={steps} isReady={isReady} />
            <Scrubber reading={reading} isReady={isReady} />
            <div className="time-more">
              <LoopControls isReady={isReady} />
              <MarkList reading={reading} />
            </div>
          </div>
          <WorkbenchRoom {...changing} />
          <output className="nothing">
            {acting.nothing === null || acting.nothing.what === 'dial'
              ? ''
              : nothingInWords(speech, scenario, acting.nothing)}
          </output>
          {has('faults') || setting.inputs.length > 0 ? (
            <Schedule setting={setting} reading={reading} acting={acting} isReady={isReady} />
          ) : null}
          <Waterfall />
          <WhyRoom why={why} reading={reading} />
          <Designs {...changing} />
          {has('dials') ? <BoardRoom {...changing} idleDials={reading.run.idleDials} /> : null}
          <DifferencesRoom comparing={comparing} reading={reading} />
          <div className="stage-links">
            <button
              type="button"
              className="plain"
              disabled={!isReady}
              onClick={() => why.open({ kind: 'moment', at: player.clock().at })}
            >
              {say('why.ask')}
            </button>
            {has('charts') ? (
              <button type="button" className="plain" disabled={!isReady} onClick={guessing.start}>
                {say('guess.start')}
              </button>
            ) : null}
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
            <KeepRoom isReady={isReady} reading={reading} addresses={prepared.addresses} here={here} open={openKept} />
            <output className="copied">{copied}</output>
          </div>
        </div>
        <div className="stage-side">
          <div className="stage-turn">
            {has('dials') ? (
              <Dials {...changing} reading={reading} nothing={acting.nothing} turnable={prepared.turnable} />
            ) : null}
            {has('faults') ? <Faults {...changing} /> : null}
          </div>
          {has('sweep') ? (
            <OverDial plan={plan} choose={chooseSweep} points={points} left={left} reading={reading} {...changing} />
          ) : null}
        </div>
        <GuessRoom guessing={guessing} reading={reading} plan={plan} points={points} left={left} />
        {has('charts') ? (
          <OverTime reading={reading} ghost={chartGhost} beside={comparing.beside} choice={choice} />
        ) : null}
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
function firstLeft(scenario: Prepared['scenario'], swept: string | undefined): number {
  const dial = scenario.dials.find((each) => each.id === swept);
  return dial === undefined ? -1 : sweepPlan(dial).length - 1;
}
