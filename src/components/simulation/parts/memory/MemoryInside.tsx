/** What is in a memory: its ports and what goes over them, the lines of its cache, and every word as a square of its own. */
import type { Computer, Port } from '../../../../core/playback/computer.ts';
import { programOf, useComputer } from '../../computer/use-computer.ts';
import { useStage } from '../../context.ts';
import { Fitted } from '../basis/Fitted.tsx';
import type { PartFacts } from '../facts.ts';
import { Sign } from '../icons.tsx';
import { BETWEEN, GRID, LINES_AT, PORTS_AT, ROW } from './shape.ts';

/** A port: what it is busy with, in words; an arrow out for what is brought, in for what is written. */
function PortBox({ port, name, x, width }: { port: Port | null; name: string; x: number; width: number }) {
  const { speech } = useStage();
  const isBusy = port !== null && port.at === 'memory';
  const isWrite = port?.operation === 'write';
  const arrow = isWrite ? 'M0 6H12M8 2L12 6L8 10' : 'M12 6H0M4 2L0 6L4 10';
  return (
    <g className={`port${isBusy ? ` is-busy is-${port.operation}` : ''}`}>
      <rect x={x} y={PORTS_AT} width={width} height={44} rx="4" />
      <Fitted className="word-note" x={x + 10} y={PORTS_AT + 17} room={width - 20} size={12}>
        {name}
      </Fitted>
      <Fitted className="port-says" x={x + (port === null ? 10 : 30)} y={PORTS_AT + 35} room={width - 40} size={13}>
        {port === null
          ? speech.say('computer.port.free')
          : speech.say(`computer.port.${port.at === 'cache' ? 'asksCache' : port.operation}`, {
              address: port.address,
            })}
      </Fitted>
      {port === null ? null : (
        <path className="port-arrow" d={arrow} transform={`translate(${x + 10} ${PORTS_AT + 25})`} />
      )}
    </g>
  );
}

/** The lines of the cache, each with the address at which its block begins; the one looked at last says whether it had it. */
function Lines({ computer, width }: { computer: Computer; width: number }) {
  const { speech } = useStage();
  const { tags, lineWords, line, lineHit } = computer;
  if (tags.length === 0) return null;
  const perRow = 8;
  const each = (width - 32 - (perRow - 1) * 4) / perRow;
  const shown = tags.slice(0, 2 * perRow);
  return (
    <g className="cache-lines">
      {shown.map((tag, place) => {
        const x = 16 + (place % perRow) * (each + 4);
        const y = LINES_AT + Math.floor(place / perRow) * 24;
        const look = line === place ? (lineHit ? ' is-hit' : ' is-miss') : '';
        return (
          <g key={place} className={`cache-line${tag < 0 ? ' is-empty' : ''}${look}`}>
            <rect x={x} y={y} width={each} height={20} rx="2" />
            <text x={x + each / 2} y={y + 14.5} textAnchor="middle">
              {tag < 0 ? '·' : tag * lineWords}
            </text>
            {look === '' ? null : (
              <path
                className="cache-look"
                d={lineHit ? `M${x + 3} ${y + 19}H${x + each - 3}` : `M${x + each - 8} ${y + 2}l6 6m0 -6l-6 6`}
              />
            )}
          </g>
        );
      })}
      {tags.length > shown.length ? (
        <text className="word-note" x={width - 16} y={LINES_AT - 2} textAnchor="end">
          {speech.say('computer.moreLines', { count: tags.length - shown.length })}
        </text>
      ) : null}
    </g>
  );
}

interface GridProps {
  computer: Computer;
  /** The words in it, and whether they are instructions, data, or both. */
  words: readonly number[];
  holds: 'both' | 'program' | 'data';
  x: number;
  width: number;
}

/** Every word: a full square for an instruction, a ring for a number, a dot for a word that nobody has used. */
function Grid({ computer, words, holds, x: left, width }: GridProps) {
  const use = programOf(computer.text)?.use;
  const dx = width / ROW;
  const dy = GRID.height / ROW;
  const at = (address: number): [number, number] => [
    left + (address % ROW) * dx,
    GRID.y + Math.floor(address / ROW) * dy,
  ];
  const size = Math.min(dx, dy) * 0.62;
  let instructions = '';
  let numbers = '';
  let unused = '';
  let rewritten = '';
  for (const [address, word] of words.entries()) {
    const [cx, cy] = at(address);
    const [x, y] = [cx + dx / 2 - size / 2, cy + dy / 2 - size / 2];
    const isWritten = computer.written[address] === 1 && holds !== 'program';
    if (use?.[address] === 1 && holds !== 'data') {
      instructions += `M${x} ${y}h${size}v${size}h${-size}Z`;
      if (isWritten) rewritten += `M${x} ${y + size}L${x + size} ${y}`;
    } else if (use?.[address] === 2 || word !== 0 || isWritten) {
      const r = size / 2;
      numbers += `M${x} ${y + r}a${r} ${r} 0 1 0 ${size} 0a${r} ${r} 0 1 0 ${-size} 0Z`;
    } else unused += `M${x + size / 2 - 1} ${y + size / 2 - 1}h2v2h-2Z`;
  }
  const inCache = holds === 'both' ? computer.tags.filter((tag) => tag >= 0) : [];
  return (
    <g className="words">
      {inCache.map((tag) => {
        const [x, y] = at(tag * computer.lineWords);
        return <rect key={tag} className="word-cached" x={x} y={y} width={dx * computer.lineWords} height={dy} />;
      })}
      <path className="word-unused" d={unused} />
      <path className="word-instruction" d={instructions} />
      <path className="word-number" d={numbers} />
      <path className="word-rewritten" d={rewritten} />
      {holds === 'data' ? null : <Frame at={at(computer.counter)} dx={dx} dy={dy} look="counter" />}
      {computer.ports.map((port, place) =>
        port === null || (holds === 'program' && place !== 0) || (holds === 'data' && place !== 1) ? null : (
          <Frame key={place} at={at(port.address)} dx={dx} dy={dy} look={port.operation} />
        ),
      )}
    </g>
  );
}

/** Where something happens: the counter is a corner, a fetch and a read are frames, a write is a full frame with a cross. */
function Frame({ at: [x, y], dx, dy, look }: { at: [number, number]; dx: number; dy: number; look: string }) {
  if (look === 'counter') return <path className="word-counter" d={`M${x - 1} ${y + dy / 2 - 5}l6 5l-6 5Z`} />;
  return (
    <g className={`word-access is-${look}`}>
      <rect x={x - 1} y={y - 1} width={dx + 2} height={dy + 2} rx="2" />
      {look === 'write' ? <path d={`M${x} ${y}L${x + dx} ${y + dy}M${x + dx} ${y}L${x} ${y + dy}`} /> : null}
    </g>
  );
}

export default function MemoryInside({ facts }: { facts: PartFacts }) {
  const { speech } = useStage();
  const computer = useComputer();
  const { width } = facts.shape;
  if (computer === null) return null;
  const { ports, program, words, tags, hits, misses } = computer;
  const isSeparate = program !== null;
  const room = width - 32;
  const half = (room - 8) / 2;
  const busy = ports.some((port) => port !== null);
  return (
    <>
      <Fitted className="part-name" x={16} y={26} room={width - 30} size={17}>
        {facts.name}
      </Fitted>
      <Sign name={busy ? 'busy' : 'idle'} x={16} y={36} />
      <Fitted className="part-status" x={36} y={48} room={width - 50}>
        {tags.length === 0
          ? speech.say(facts.queue > 0 ? 'computer.portTaken' : busy ? 'computer.portBusy' : 'computer.portFree')
          : speech.say('computer.found', { hits, misses })}
      </Fitted>
      {isSeparate ? (
        <>
          <PortBox port={ports[0] ?? null} name={speech.say('computer.port.program')} x={16} width={half} />
          <PortBox port={ports[1] ?? null} name={speech.say('computer.port.data')} x={24 + half} width={half} />
        </>
      ) : (
        <PortBox port={ports[0] ?? null} name={speech.say('computer.port.only')} x={16} width={room} />
      )}
      <Lines computer={computer} width={width} />
      {[0, 64, 128, 192].map((address) => (
        <text
          key={address}
          className="word-address"
          x={GRID.x - 8}
          y={GRID.y + (address / ROW) * 15 + 11}
          textAnchor="end"
        >
          {address}
        </text>
      ))}
      {isSeparate ? (
        <>
          <Grid computer={computer} words={program} holds="program" x={GRID.x} width={(GRID.width - BETWEEN) / 2} />
          <Grid
            computer={computer}
            words={words}
            holds="data"
            x={GRID.x + (GRID.width + BETWEEN) / 2}
            width={(GRID.width - BETWEEN) / 2}
          />
        </>
      ) : (
        <Grid computer={computer} words={words} holds="both" x={GRID.x} width={GRID.width} />
      )}
    </>
  );
}
