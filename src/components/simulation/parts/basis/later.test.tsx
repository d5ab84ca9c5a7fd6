import { act } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { drawStillsWith, later } from './Later.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const Drawing = ({ name }: { name: string }) => <text>{name}</text>;
const picture = '<svg><g><text>Ada</text></g></svg>';

let arrive: () => void = () => undefined;
const Slow = later(
  () =>
    new Promise<{ default: typeof Drawing }>((done) => {
      arrive = () => done({ default: Drawing });
    }),
);

let root: ReturnType<typeof hydrateRoot> | undefined;
afterEach(() => {
  act(() => root?.unmount());
  document.body.replaceChildren();
});

/** Takes up a page as it was built. */
async function takeUp(page: string, Piece: typeof Slow, faults: unknown[]): Promise<HTMLElement> {
  const place = document.createElement('div');
  place.innerHTML = page;
  document.body.append(place);
  await act(async () => {
    root = hydrateRoot(
      place,
      <svg>
        <Piece name="Ada" />
      </svg>,
      { onRecoverableError: (fault) => faults.push(fault) },
    );
  });
  return place;
}

it('keeps the still picture of the page until the drawing is here, and is then that drawing', async () => {
  const faults: unknown[] = [];
  const place = await takeUp(picture, Slow, faults);
  expect(place.innerHTML).toBe(picture);
  await act(async () => arrive());
  expect(place.innerHTML).toBe('<svg><text>Ada</text></svg>');
  expect(faults).toEqual([]);
});

it('keeps the still picture where the drawing cannot be fetched, and asks again another time', async () => {
  const fetch = vi.fn<() => Promise<{ default: typeof Drawing }>>(() => Promise.reject(new Error('no network')));
  const Lost = later(fetch);
  const place = await takeUp(picture, Lost, []);
  expect(place.innerHTML).toBe(picture);
  act(() => root!.unmount());
  await takeUp(picture, Lost, []);
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('is drawn into the page as plain markup, without a script', async () => {
  const drawn = drawStillsWith(renderToStaticMarkup);
  arrive();
  await drawn;
  expect(
    renderToString(
      <svg>
        <Slow name="Ada" />
      </svg>,
    ),
  ).toBe(picture);
});
