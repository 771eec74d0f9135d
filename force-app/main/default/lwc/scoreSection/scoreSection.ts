import { LightningElement, api } from 'lwc';
import type { Outlook } from 'c/scoreOutlook';
import type { Adjustment, Reason } from 'c/scoreReasons';
import type { Change } from 'c/scoreTrend';
import { formatLabel } from 'c/formatLabel';
import grade from '@salesforce/label/c.Score_Grade';
import trend from '@salesforce/label/c.Score_Trend_Title';
import why from '@salesforce/label/c.Score_Why';
import computed from '@salesforce/label/c.Score_Computed';
import lastEngagement from '@salesforce/label/c.Last_Engagement';
import noEngagement from '@salesforce/label/c.No_Engagement';

/** One model's score of a record; instants in milliseconds. */
export interface Score {
  id: string;
  model: string;
  value: number | null;
  rating: string | null;
  grade: string | null;
  computedAt: number | null;
  reasons: Reason[];
  adjustments: Adjustment[];
  outlook: Outlook;
  /** The oldest first. */
  changes: Change[];
  lastEngagement: { at: number; what: string } | null;
}

/** What one model says about a record: the score, its trend, the reasons, what may come, and how fresh it is. */
export default class ScoreSection extends LightningElement {
  @api score!: Score;
  /** Whether there is engagement with the record. */
  @api engaged = false;

  label = { trend, why, computed, lastEngagement, noEngagement };

  get gradeText(): string | null {
    return this.score.grade ? formatLabel(grade, this.score.grade) : null;
  }

  get hasTrend(): boolean {
    return this.score.changes.length > 0;
  }

  get value(): number {
    return this.score.value ?? 0;
  }

  get now(): number {
    return Date.now();
  }
}
