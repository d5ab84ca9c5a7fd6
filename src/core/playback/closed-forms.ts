/** Which closed form stands beside which measure of a part. It knows names only; the machine knows the forms. */

const forms: Record<string, string> = {
  'response.mean': 'response',
  'wait.mean': 'wait',
  utilisation: 'load',
  'inside.mean': 'inside',
  'queue.mean': 'queue',
  'cpi.mean': 'cpi',
  speedUp: 'speedUp',
  throughput: 'throughput',
};

/** The name of the closed form of a measure such as `server.response.mean`; undefined where there is none. */
export const closedFormFor = (measure: string): string | undefined => forms[measure.split('.').slice(1).join('.')];
