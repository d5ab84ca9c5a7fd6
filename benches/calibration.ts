/**
 * One queue, one server at load 0.8, written by hand with nothing that could be left out: no parts, no calendar, no
 * measures but one mean. It says how fast this machine is today, so that a gate need not trust its clock.
 */

/** How many waiting customers the ring has room for; a run of a few million at load 0.8 never has a hundred. */
const ROOM = 4096;

/** @returns the mean time a customer spends in the system, which theory puts at 5. */
export function calibrate(customers: number): number {
  const came = new Float64Array(ROOM);
  let head = 0;
  let inside = 0;
  let state = 0x2545f491;
  const draw = (mean: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return -mean * Math.log(((state >>> 0) + 0.5) / 4294967296);
  };
  let arrival = draw(1.25);
  let departure = Infinity;
  let served = 0;
  let stays = 0;
  while (served < customers) {
    if (arrival <= departure) {
      came[(head + inside++) & (ROOM - 1)] = arrival;
      if (inside === 1) departure = arrival + draw(1);
      arrival += draw(1.25);
    } else {
      stays += departure - came[head]!;
      head = (head + 1) & (ROOM - 1);
      served++;
      departure = --inside > 0 ? departure + draw(1) : Infinity;
    }
  }
  return stays / served;
}
