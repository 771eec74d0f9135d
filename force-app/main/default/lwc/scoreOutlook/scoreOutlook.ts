import { LightningElement, api } from 'lwc';
import { aheadOf, blocksOf, goalOf, type Dated, type Outlook } from './outlook';
import ahead from '@salesforce/label/c.Score_Ahead';
import blocks from '@salesforce/label/c.Score_Blocks';
import goal from '@salesforce/label/c.Score_Goal';
import offers from '@salesforce/label/c.Score_Offers';
import until from '@salesforce/label/c.Score_Until';

export type { Outlook };

/** What holds a score back, what the next rating takes, and what changes by itself. */
export default class ScoreOutlook extends LightningElement {
  @api outlook!: Outlook;

  label = { ahead, blocks, goal, offers, until };

  get blocks(): ReturnType<typeof blocksOf> {
    return blocksOf(this.outlook);
  }

  get isBlocked(): boolean {
    return this.blocks.length > 0;
  }

  get goal(): ReturnType<typeof goalOf> {
    return goalOf(this.outlook);
  }

  get hasOffers(): boolean {
    return (this.goal?.offers.length ?? 0) > 0;
  }

  get ahead(): Dated[] {
    return aheadOf(this.outlook);
  }

  get hasAhead(): boolean {
    return this.ahead.length > 0;
  }
}
