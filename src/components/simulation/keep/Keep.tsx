/** The panel for keeping and sharing: pictures, numbers, the whole run as a file, a frame for another page. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { csvOf } from '../../../core/playback/csv.ts';
import { fileName, keptFile, linkIn, MAX_FILE, measuresTable, windowsTable } from '../../../core/playback/kept-run.ts';
import { momentInWords } from '../../../core/playback/sentences.ts';
import { useMoment, useStage } from '../context.ts';
import { Still } from '../drawing/Still.tsx';
import { readRun } from '../packing.ts';
import { copyText, linkTo } from '../share.ts';
import type { KeepProps } from './KeepRoom.tsx';
import { inDots, pictureOf, type Picture } from './picture.ts';
import { saveFile } from './save.ts';

const TALL_BELOW = 600;
const CSV = 'text/csv;charset=utf-8';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function Group({
  title,
  note,
  wide = false,
  children,
}: {
  title: string;
  note: string;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <fieldset className={wide ? 'keep-group is-wide' : 'keep-group'}>
      <legend>{title}</legend>
      <p className="keep-note">{note}</p>
      <div className="keep-ways">{children}</div>
    </fieldset>
  );
}

export function Keep({ reading, addresses, here, open }: KeepProps) {
  const { scenario, speech, player } = useStage();
  const { say, words } = speech;
  const [told, setTold] = useState('');
  const [isDrawing, setDrawing] = useState(false);
  const [frameLink, setFrameLink] = useState('');
  const sheet = useRef<HTMLDivElement>(null);
  const snippetId = useId();

  /** Draws the moment where nobody sees it, and takes its picture. */
  const take = (): Picture => {
    flushSync(() => setDrawing(true));
    const now = here();
    const caption = {
      title: words.title,
      line: [
        words.designs[now.design]?.name ?? now.design,
        speech.moment(now.at),
        say('numbers.seed', { seed: String(now.seed) }),
        `Seams ${now.engine}`,
      ].join(' · '),
    };
    try {
      return pictureOf(sheet.current!.querySelector('svg')!, caption);
    } finally {
      flushSync(() => setDrawing(false));
    }
  };
  const save = (ending: string, content: string | Blob, type = 'text/plain'): void => {
    const name = `${fileName(here())}${ending}`;
    saveFile(name, typeof content === 'string' ? new Blob([content], { type }) : content);
    setTold(say('keep.saved', { name }));
  };
  const ways: Record<string, () => void | Promise<void>> = {
    svg: () => save('.svg', take().svg, 'image/svg+xml'),
    png: async () => save('.png', await inDots(take())),
    windows: () => save('_windows.csv', csvOf(windowsTable(player.reader()!.run)), CSV),
    measures: () => save('_measures.csv', csvOf(measuresTable(reading.run, words.measures, reading.theory)), CSV),
    file: () => save('.json', keptFile(reading.run, scenario, here()), 'application/json'),
  };
  const way = (id: string): ReactNode => (
    <button
      type="button"
      className="keep-way"
      onClick={() => {
        const go = async (): Promise<void> => {
          try {
            await ways[id]!();
          } catch {
            setTold(say('keep.failed'));
          }
        };
        void go();
      }}
    >
      {say(`keep.${id}`)}
    </button>
  );

  // The frame shows the moment that is seen now, once it is not running away.
  const { digest } = reading.run;
  const at = useMoment(() => [player.clock().playing, player.clock().at] as const);
  useEffect(() => {
    if (at[0]) return undefined;
    let isGone = false;
    const write = async (): Promise<void> => {
      const link = await linkTo({ ...here(), digest }, '', addresses.embed);
      if (!isGone) setFrameLink(link);
    };
    void write();
    return () => {
      isGone = true;
    };
  }, [at, here, addresses, digest]);
  const snippet = `<iframe src="${escaped(frameLink)}" title="${escaped(words.title)}" width="100%" height="720" loading="lazy" allow="clipboard-write"></iframe>`;

  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const found = linkIn(file.size > MAX_FILE * 4 ? ' '.repeat(MAX_FILE + 1) : await file.text());
    open('link' in found ? await readRun(found.link, scenario) : { ok: false, problems: [found.problem] });
  };

  const frame = isDrawing ? player.frame() : null;
  const isTall = (document.querySelector('.stage-drawing')?.clientWidth ?? TALL_BELOW) < TALL_BELOW;
  return (
    <div className="keep">
      <Group title={say('keep.picture')} note={say('keep.pictureNote')}>
        {way('svg')}
        {way('png')}
      </Group>
      <Group title={say('keep.data')} note={say('keep.dataNote')}>
        {way('windows')}
        {way('measures')}
      </Group>
      <Group title={say('keep.whole')} note={say('keep.wholeNote')}>
        {way('file')}
        <label className="keep-way is-file">
          {say('keep.read')}
          <input
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const { files } = event.currentTarget;
              void read(files?.[0]);
              // The same file may be chosen again.
              event.currentTarget.value = '';
            }}
          />
        </label>
      </Group>
      <Group title={say('keep.frame')} note={say('keep.frameNote')} wide>
        <label className="only-read-aloud" htmlFor={snippetId}>
          {say('keep.frameLabel')}
        </label>
        <textarea id={snippetId} readOnly rows={3} value={snippet} onFocus={(event) => event.currentTarget.select()} />
        <button
          type="button"
          className="keep-way"
          onClick={() => {
            const copy = async (): Promise<void> =>
              setTold(say((await copyText(snippet)) ? 'keep.copied' : 'keep.notCopied'));
            void copy();
          }}
        >
          {say('keep.copyFrame')}
        </button>
      </Group>
      <output className="copied">{told}</output>
      {frame === null ? null : (
        <div ref={sheet} className="keep-sheet" aria-hidden="true">
          <Still
            orientation={isTall ? 'tall' : 'wide'}
            frame={frame}
            parts={reading.parts}
            surges={scenario.faults.filter((fault) => fault.action === 'surge').map((fault) => fault.id)}
            label={momentInWords(reading.run, frame).map(speech.sentence).join(' ')}
          />
        </div>
      )}
    </div>
  );
}
