import { describe, expect, it } from 'vitest';
import { exp, log, logsOfDraws, normalQuantile, pow } from './elementary.ts';

/** Distance in units of the last place, to the platform's function, which is itself within one of the truth. */
const ulps = (value: number, reference: number) => Math.abs(value - reference) / (Math.abs(reference) * 2 ** -52);

describe('elementary functions give the same last bit everywhere (R1)', () => {
  it('the logarithm is within two units of the last place from 1e-308 to 1e308', () => {
    let worst = 0;
    for (let i = 0; i < 200_000; i++) {
      const x = 10 ** (-307 + (614 * i) / 200_000) * (1 + (i % 997) / 997);
      worst = Math.max(worst, ulps(log(x), Math.log(x)));
    }
    expect(worst).toBeLessThan(3);
  });

  it('the logarithm keeps its precision next to 1, where it is nearly 0', () => {
    let worst = 0;
    for (let i = 1; i < 50_000; i++) {
      const x = 1 + (i - 25_000) / 1e6;
      if (x !== 1) worst = Math.max(worst, ulps(log(x), Math.log(x)));
    }
    expect(worst).toBeLessThan(3);
    expect(log(1)).toBe(0);
  });

  it('the logarithm of 0, of a negative number, of infinity and of a subnormal number is what it should be', () => {
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
    expect(ulps(log(5e-324), Math.log(5e-324))).toBeLessThan(2);
  });

  it('the quick logarithm of draws is within two units of the last place, from the least draw to the greatest', () => {
    const N = 100_000;
    const numbers = new Float64Array(N);
    for (let i = 0; i < N; i++) {
      const u = (i + 0.5) / N;
      numbers[i] = i % 3 === 0 ? u : i % 3 === 1 ? u ** 12 : 1 - Math.max(u ** 9, 2 ** -53);
    }
    numbers.set([2 ** -53, 1 - 2 ** -53, 0.5, 2 ** -18, 2 ** -18 - 2 ** -53, 2 ** -17, 511 / 512, 1e-300]);
    const logs = new Float64Array(N);
    logsOfDraws(numbers, N, 1, logs);
    let worst = 0;
    for (let i = 0; i < N; i++) worst = Math.max(worst, ulps(logs[i]!, Math.log(numbers[i]!)));
    expect(worst).toBeLessThan(3);
    const one = new Float64Array(2);
    logsOfDraws(numbers, 1, -2, one);
    expect(one[0]).toBe(-2 * logs[0]!);
    expect(one[1]).toBe(0);
  });

  it('the exponential is within two units of the last place over its whole range', () => {
    let worst = 0;
    for (let i = 0; i < 200_000; i++) {
      const x = -708 + (1417 * i) / 200_000;
      worst = Math.max(worst, ulps(exp(x), Math.exp(x)));
    }
    expect(worst).toBeLessThan(3);
    expect(exp(0)).toBe(1);
    expect(exp(710)).toBe(Infinity);
    expect(exp(-746)).toBe(0);
  });

  it('a power is within the error that its logarithm allows', () => {
    expect(pow(2, 10)).toBeCloseTo(1024, 9);
    expect(pow(9, 0.5)).toBeCloseTo(3, 12);
    expect(pow(0, 3)).toBe(0);
    expect(pow(5, 0)).toBe(1);
  });

  it('the normal quantile gives the values of printed tables', () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.01)).toBeCloseTo(-2.3263478740408408, 13);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
  });

  it('has bits that are written down here, so that a machine that differs is found out', () => {
    const bits = (x: number) => new BigUint64Array(Float64Array.of(x).buffer)[0]!.toString(16);
    expect([0.1, 0.7, 1.3, 123.456].map((x) => bits(log(x)))).toMatchInlineSnapshot(`
      [
        "c0026bb1bbb55515",
        "bfd6d3c324e13f4f",
        "3fd0ca937be1b9dd",
        "401343774f3e2362",
      ]
    `);
    const logs = new Float64Array(4);
    logsOfDraws(Float64Array.of(0.1, 0.7, 0.999, 2 ** -40 / 3), 4, 1, logs);
    expect(Array.from(logs, bits)).toMatchInlineSnapshot(`
      [
        "c0026bb1bbb55515",
        "bfd6d3c324e13f50",
        "bf5064670d979b73",
        "c03cd3126663989c",
      ]
    `);
    expect([-3.3, 0.2, 11.7].map((x) => bits(exp(x)))).toMatchInlineSnapshot(`
      [
        "3fa2e259bb85be84",
        "3ff38add9e58ac8d",
        "40fd6fbb7095a1e1",
      ]
    `);
  });
});
