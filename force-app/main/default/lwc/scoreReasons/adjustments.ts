import type { Explanation } from 'c/scoringCore';
import { formatLabel } from 'c/formatLabel';
import category from '@salesforce/label/c.Score_Held_Category';
import gate from '@salesforce/label/c.Score_Held_Gate';
import range from '@salesforce/label/c.Score_Held_Range';
import rounding from '@salesforce/label/c.Score_Rounded';

/** What limits, gates and rounding add to the points of the rules, or take. */
export type Adjustment = Explanation['adjustments'][number];

const WORDS: Record<Adjustment['kind'], string> = { category, gate, range, rounding };

export const adjustmentInWords = ({ kind, name }: Adjustment): string => formatLabel(WORDS[kind], name);
