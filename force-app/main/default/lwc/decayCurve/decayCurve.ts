import { LightningElement, api } from 'lwc';
import type { Decay } from 'c/scoringCore';
import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/formatLabel';
import { pathOf, spanOf } from './curve';
import now from '@salesforce/label/c.Decay_Now';
import curve from '@salesforce/label/c.Decay_Curve';

const WIDTH = 240;
const HEIGHT = 60;
const DAY = 86_400_000;

/** A picture of what an award is worth as it grows old. */
export default class DecayCurve extends LightningElement {
  @api decay?: Decay;
  @api expires?: string;

  labels = { now };

  /** Durations that are being typed may be missing. */
  get isDrawable(): boolean {
    return this.decay !== undefined && Number.isFinite(this.span) && this.span > 0;
  }

  get span(): number {
    return this.decay ? spanOf(this.decay, this.expires) : 0;
  }

  get line(): string {
    return this.decay ? pathOf(this.decay, this.expires, WIDTH, HEIGHT) : '';
  }

  get area(): string {
    return `${this.line} L${WIDTH},${HEIGHT} L0,${HEIGHT} Z`;
  }

  get end(): string {
    const days = new Intl.NumberFormat(LOCALE, {
      style: 'unit',
      unit: 'day',
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    });
    return days.format(this.span / DAY);
  }

  get description(): string {
    return formatLabel(curve, this.end);
  }
}
