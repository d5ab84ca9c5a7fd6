/** Reads the course's timeline from its files, where there are files: in a build, or a test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  eventsSchema,
  eventWordsSchema,
  problemsOfTimeline,
  timelineOf,
  type TimelineEvent,
} from '../core/words/timeline.ts';
import { BookError, readSources } from './library.ts';

/** The events in one language, from the earliest on. Stops the build where a file is wrong, and says where. */
export function readTimeline(language: string, root = process.cwd()): TimelineEvent[] {
  const file = (name: string): string => join(root, 'content/timeline', name);
  const read = (name: string): unknown => parse(readFileSync(file(name), 'utf8'));
  const events = eventsSchema.safeParse(read('events.yaml'));
  const words = eventWordsSchema.safeParse(read(`${language}.yaml`));
  const issues = [
    ...(events.error?.issues ?? []).map((issue) => `events.yaml: ${issue.path.join('.')}: ${issue.message}`),
    ...(words.error?.issues ?? []).map((issue) => `${language}.yaml: ${issue.path.join('.')}: ${issue.message}`),
  ];
  if (events.success && words.success) {
    const sources = readSources(root);
    issues.push(
      ...problemsOfTimeline(events.data, words.data).map((problem) => `${language}.yaml: ${problem}`),
      ...events.data
        .filter(({ source }) => source !== undefined && sources[source] === undefined)
        .map(({ id, source }) => `events.yaml: ${id}: there is no source "${source}"; add it to content/sources.yaml`),
    );
    if (issues.length === 0) return timelineOf(events.data, words.data, language);
  }
  throw new BookError(issues.map((issue) => `content/timeline/${issue}`).join('\n'));
}
