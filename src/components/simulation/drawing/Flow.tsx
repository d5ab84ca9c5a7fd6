/** The living drawing: parts and links on React Flow, requests on a canvas above. Loaded when the still picture already stands. */
import '@xyflow/react/dist/base.css';
import {
  BaseEdge,
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge,
  type EdgeProps,
  type EdgeTypes,
  type Node,
  type NodeProps,
  type NodeTypes,
} from '@xyflow/react';
import {
  memo,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { useMoment, useStage } from '../context.ts';
import { describePart, thickness, type Surroundings } from '../parts/describe.ts';
import { drawnKinds, kindOf } from '../parts/index.ts';
import { PartHandle } from '../settings/PartHandle.tsx';
import { aroundOf } from './around.ts';
import { fit, layoutOf, type Layout, type PlacedLink, type PlacedPart, type PlacedTie } from './layout.ts';
import { LettersContext } from './letters.ts';
import { LinkLines, TieLine } from './LinkLines.tsx';
import { seenOf } from './seen.ts';
import { Requests } from './Requests.tsx';
import { nearest, placeRequests } from './requests.ts';
import { firstPart, partBy, RovingContext } from './roving.ts';
import { LARGE, leastLetters, roomiest, wordsFor } from './wall.ts';

type PartNode = Node<{ part: PlacedPart; layout: Layout; parts: string[]; around: Surroundings }>;
type LinkEdge = Edge<{ link: PlacedLink; parts: string[] }>;
type TieEdge = Edge<{ tie: PlacedTie }>;

const PartView = memo(function PartView({ data }: NodeProps<PartNode>) {
  const { part, layout, parts, around } = data;
  const { player, speech, lit } = useStage();
  // To put a part into words costs more than to see that nothing of it has changed.
  const seen = useMoment(() => seenOf(part, player.frame(), parts, around));
  const facts = useMemo(
    () => describePart(part, layout, player.frame(), parts, speech, around),
    // eslint-disable-next-line react/exhaustive-deps
    [seen, part, layout, parts, speech, around],
  );
  const { Drawing } = kindOf(part.kind);
  return (
    <>
      <svg
        className={lit === part.id ? 'part-box is-lit' : 'part-box'}
        width={part.shape.width}
        height={part.shape.height}
        overflow="visible"
        aria-hidden="true"
      >
        <Drawing facts={facts} />
      </svg>
      <PartHandle part={part.id} width={part.shape.width} height={part.shape.height} />
      {/* Links hang on handles; ours are nothing to be seen or seized. */}
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
});

const LinkView = memo(function LinkView({ data, id, sourceX, sourceY, targetX, targetY }: EdgeProps<LinkEdge>) {
  const { link, parts } = data!;
  const { player } = useStage();
  const { out, back, standing, awaited } = useMoment(() => {
    const { flows, links, awaited } = player.frame();
    const flow = flows.find((each) => parts[each.from] === link.from && parts[each.to] === link.to);
    return {
      out: thickness(flow?.out ?? 0),
      back: thickness(flow?.back ?? 0),
      standing: links[`${link.from}>${link.to}`],
      awaited: awaited?.[`${link.from}>${link.to}`],
    };
  });
  return (
    <>
      <BaseEdge
        id={id}
        path={`M${sourceX} ${sourceY}L${targetX} ${targetY}`}
        className="link-reach"
        interactionWidth={24}
      />
      <LinkLines link={link} out={out} back={back} standing={standing} awaited={awaited} />
    </>
  );
});

const TieView = memo(function TieView({ data }: EdgeProps<TieEdge>) {
  return <TieLine tie={data!.tie} />;
});

const nodeTypes: NodeTypes = { part: PartView };
const edgeTypes: EdgeTypes = { link: LinkView, tie: TieView };
/** The library's own English hints, about selecting and deleting, which the drawing does not offer: nothing is said. */
const unsaid = {
  'node.a11yDescription.default': '',
  'node.a11yDescription.keyboardDisabled': '',
  'edge.a11yDescription.default': '',
};

const TALL_BELOW = 600;
/** How near a finger has to come to a request, in the drawing's units. */
const REACH = 16;

interface FlowProps {
  parts: string[];
  surges: string[];
  slots: string;
  design: string;
  isMoving: boolean;
  onReady(): void;
}

function Inner({
  parts,
  surges,
  slots,
  design,
  isMoving,
  onReady,
  box,
}: FlowProps & { box: { width: number; height: number } }) {
  const shared = useStage();
  const { scenario, player, speech, follow } = shared;
  const orientation = box.width < TALL_BELOW ? 'tall' : 'wide';
  // The layout changes only with the number of slots, not with who is in them.
  const { scenario: its, connections } = shared;
  const around = useMemo(
    () => aroundOf({ scenario: its, connections, player }, design, surges),
    // eslint-disable-next-line react/exhaustive-deps
    [its, connections, player, design, surges, slots],
  );
  const least = leastLetters();
  const layout = useMemo(
    () =>
      least > 0
        ? roomiest(scenario, player.frame().parts, around.connections, box)
        : layoutOf(scenario, player.frame().parts, orientation, around.connections),
    // eslint-disable-next-line react/exhaustive-deps
    [scenario, player, orientation, slots, around, least, box],
  );
  const { nodes, edges } = useMemo(() => {
    const name = (id: string): string => speech.words.parts[id] ?? id;
    return {
      nodes: layout.parts.map((part): PartNode => ({
        id: part.id,
        type: 'part',
        position: { x: part.x, y: part.y },
        width: part.shape.width,
        height: part.shape.height,
        handles: [
          { type: 'target', position: Position.Left, x: 0, y: part.shape.height / 2, width: 1, height: 1 },
          {
            type: 'source',
            position: Position.Right,
            x: part.shape.width,
            y: part.shape.height / 2,
            width: 1,
            height: 1,
          },
        ],
        data: { part, layout, parts, around },
        ariaLabel: speech.say(`drawing.kind.${drawnKinds.includes(part.kind) ? part.kind : 'unknown'}`, {
          part: name(part.id),
        }),
        // A part holds the button that opens its menu, so it cannot be a picture.
        ariaRole: 'group',
        // Its own words for these are English and speak of nodes and edges.
        domAttributes: { 'aria-roledescription': undefined, 'aria-describedby': undefined },
        draggable: false,
      })),
      edges: [
        ...layout.ties.map((tie): TieEdge => ({
          id: `${tie.from}=${tie.to}`,
          type: 'tie',
          source: tie.from,
          target: tie.to,
          data: { tie },
          ariaLabel: speech.say('drawing.tie', { from: name(tie.from), to: name(tie.to) }),
          domAttributes: { 'aria-roledescription': undefined },
          focusable: false,
        })),
        ...layout.links.map((link): LinkEdge => ({
          id: `${link.from}-${link.to}`,
          type: 'link',
          source: link.from,
          target: link.to,
          data: { link, parts },
          ariaLabel: speech.say('drawing.link', { from: name(link.from), to: name(link.to) }),
          domAttributes: { 'aria-roledescription': undefined },
          focusable: false,
        })),
      ],
    };
  }, [layout, parts, around, speech]);

  const flow = useReactFlow();
  const viewport = useMemo(() => fit(layout, box), [layout, box]);
  const letters = least / viewport.zoom;
  useEffect(() => {
    void flow.setViewport(viewport);
  }, [flow, viewport]);
  useEffect(onReady, [onReady]);

  // The library calls this an application, which would take the keys of a screen reader away: it is a drawing.
  const sheet = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => sheet.current!.setAttribute('role', 'presentation'), []);

  const [last, go] = useState<string | null>(null);
  const roving = useMemo(
    () => ({ here: layout.parts.some(({ id }) => id === last) ? last : firstPart(layout.parts), go }),
    [layout, last],
  );
  const rove = (event: KeyboardEvent<HTMLElement>): void => {
    const from = event.target instanceof HTMLElement ? event.target.dataset['part'] : undefined;
    if (from === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = partBy(event.key, from, layout.parts);
    if (to === null) return;
    event.preventDefault();
    const handle = sheet.current!.querySelector<HTMLElement>(`[data-part="${CSS.escape(to)}"]`);
    const part = layout.parts.find(({ id }) => id === to)!;
    // What lies outside of a drawing that was moved is brought in by moving that, not by scrolling what must not scroll.
    handle?.focus({ preventScroll: true });
    const { x, y, zoom } = flow.getViewport();
    const [left, top] = [part.x * zoom + x, part.y * zoom + y];
    const { width, height } = part.shape;
    if (left < 0 || top < 0 || left + width * zoom > box.width || top + height * zoom > box.height)
      void flow.setCenter(part.x + width / 2, part.y + height / 2, { zoom });
    else handle?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  const pressed = useRef<{ x: number; y: number } | null>(null);
  const release = (event: PointerEvent): void => {
    const from = pressed.current;
    pressed.current = null;
    if (from === null || Math.hypot(event.clientX - from.x, event.clientY - from.y) > 6) return;
    const reader = player.reader();
    if (reader === null) return;
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const dots = placeRequests(player.frame(), layout, parts, player.done);
    const dot = nearest(dots, point.x, point.y, REACH);
    if (dot === null) return;
    // The click that follows opens no menu: it was meant for the request.
    if (event.target instanceof HTMLElement && event.target.closest('.part-handle') !== null)
      event.target.dataset['picked'] = 'true';
    follow(reader.run.trace!.hops.request[dot.hop]!);
  };

  return (
    <RovingContext value={roving}>
      <LettersContext value={letters}>
        <ReactFlow
          ref={sheet}
          style={least > 0 ? ({ '--letters': `${letters}px` } as CSSProperties) : undefined}
          data-words={least > 0 ? wordsFor(letters) : undefined}
          data-large={letters > LARGE || undefined}
          onKeyDown={rove}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          defaultViewport={viewport}
          minZoom={0.1}
          maxZoom={4}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnDrag={isMoving}
          zoomOnScroll={isMoving}
          zoomOnPinch={isMoving}
          zoomOnDoubleClick={false}
          panOnScroll={false}
          preventScrolling={isMoving}
          disableKeyboardA11y
          ariaLabelConfig={unsaid}
          proOptions={{ hideAttribution: true }}
          onPointerDown={(event) => {
            pressed.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerUp={release}
        >
          <Requests layout={layout} parts={parts} />
        </ReactFlow>
      </LettersContext>
    </RovingContext>
  );
}

/** Drawn again only when its parts or slots have become others: what moves reaches the pieces in it by themselves. */
export const Flow = memo(function Flow(props: FlowProps) {
  const holder = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<{ width: number; height: number } | null>(null);
  useLayoutEffect(() => {
    const element = holder.current!;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0)
        setBox((last) => (last?.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={holder} className={props.isMoving ? 'flow is-moving' : 'flow'}>
      {box === null ? null : (
        <ReactFlowProvider>
          <Inner {...props} box={box} />
        </ReactFlowProvider>
      )}
    </div>
  );
});
