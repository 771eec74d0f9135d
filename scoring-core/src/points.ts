/** Section 5: points are held as whole hundredths, so that the order of a sum cannot matter. */

/** Rounds a product to whole hundredths, half away from zero. */
export function hundredths(points: number): number {
  return Math.sign(points) * Math.floor(Math.abs(points) * 100 + 0.5 + 1e-9);
}

/** Hundredths as the points that a result shows; never -0. */
export function toPoints(value: number): number {
  return value / 100 + 0;
}

/** How many hundredths the last decimal is worth. */
const units = [100, 10, 1];

/** Rounds hundredths to `decimals` (0, 1 or 2), half away from zero; still in hundredths. */
export function roundTo(value: number, decimals: number): number {
  const unit = units[decimals]!;
  return Math.sign(value) * Math.floor((Math.abs(value) + unit / 2) / unit) * unit;
}

/** A limit of the model in hundredths; `otherwise` where it sets none. */
export function limitOf(points: number | undefined, otherwise: number): number {
  return points === undefined ? otherwise : hundredths(points);
}

export function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}
