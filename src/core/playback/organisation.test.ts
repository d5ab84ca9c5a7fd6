import { describe, expect, it } from 'vitest';
import { parseScenario, simulate } from '../../../simulations/index.ts';
import source from '../../../simulations/scenarios/team-mirror/scenario.ts';
import { readOrganisation } from './organisation.ts';

const scenario = parseScenario(source);
const inputs = [{ at: 120, fault: 'reorganise' }];
const run = simulate(scenario, { design: 'layers', inputs, dials: { rework: 0.3 }, record: 'trace' });
const day = scenario.time.ticks;

describe('an organisation read off its journal', () => {
  it('ends as the run says that it ended', () => {
    const { teams, files, tight, loose } = run.state['firm']!.readings!;
    expect(readOrganisation(run, 'firm')!.at(run.endedAt)).toEqual({ teams, files, tight, loose });
  });

  it('is at any moment what a run stopped there would have, in whatever order one asks', () => {
    const reader = readOrganisation(run, 'firm')!;
    for (const at of [300, 40, 119, 121, 390, 0, 200]) {
      const stopped = simulate(scenario, { design: 'layers', inputs, dials: { rework: 0.3 }, until: at });
      const { teams, files, tight, loose } = stopped.state['firm']!.readings!;
      expect(reader.at(at * day), `day ${at}`).toEqual({ teams, files, tight, loose });
    }
  });

  it('is none where a part is no organisation, or nothing was written down', () => {
    expect(readOrganisation(run, 'requests')).toBeNull();
    expect(readOrganisation(simulate(scenario), 'firm')).toBeNull();
  });
});
