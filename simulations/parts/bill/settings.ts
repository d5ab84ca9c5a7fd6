/**
 * What a bill is: its settings, field by field. Its state's readings: `cost`, what it charges per unit of time now, and
 * `spent`, what it has charged so far.
 */
import { choice, field, list, number, object, otherwise, text, whole, z } from '../../fields.ts';

const price = (meaning: string, standard: number) => field(meaning, otherwise(number({ min: 0, max: 1e9 }), standard));

const item = object({
  part: field('The part whose instances are machines to be paid for.', text(60)),
  size: field(
    'How large one of these machines is, beside one of size 1. It sets the price and nothing else: how fast it is, the part itself says.',
    otherwise(number({ above: 0, max: 1e6 }), 1),
  ),
  links: field(
    'How many links of the network one of these machines needs.',
    otherwise(whole({ min: 0, max: 1000 }), 0),
  ),
});

export const settings = field(
  'A bill: it charges for the machines of other parts, by their size, for their links and for their requests. It changes nothing of what it looks at.',
  object({
    kind: z.literal('bill'),
    items: field('What is charged for.', list(item, { min: 1, max: 50 })),
    base: price('What a machine of size 1 costs per unit of time. Any currency.', 1),
    exponent: field(
      'How the price grows with the size: a machine costs base × size^exponent. At 1 twice the size is twice the price, above 1 it is more, below 1 less.',
      otherwise(number({ min: 0, max: 3 }), 1),
    ),
    link: price('What one link costs per unit of time.', 0),
    message: price('What a request that reaches one of the parts costs.', 0),
    charges: field(
      '`wanted`: for as many machines as are to be there, also those that are broken, as for what one has bought. `present`: for those that are there, as for what one rents by the hour.',
      otherwise(choice(['wanted', 'present']), 'wanted'),
    ),
    every: field(
      'How long a period is, in units of time. What is there when it begins is charged when it ends.',
      otherwise(number({ above: 0, max: 1e12 }), 1),
    ),
  }),
);

export type BillSettings = z.output<typeof settings>;
