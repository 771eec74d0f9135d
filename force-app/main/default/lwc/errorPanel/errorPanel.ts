import { LightningElement, api } from 'lwc';
import { reduceErrors } from 'c/ldsErrors';
import didNotLoad from '@salesforce/label/c.Error_Did_Not_Load';
import showDetails from '@salesforce/label/c.Error_Show_Details';
import hideDetails from '@salesforce/label/c.Error_Hide_Details';

export default class ErrorPanel extends LightningElement {
  /** What did not work, for the user. */
  @api message = didNotLoad;
  /** Whatever the platform reported. */
  @api errors: unknown;

  detailsShown = false;

  get details(): string[] {
    return reduceErrors(this.errors);
  }

  get toggleLabel(): string {
    return this.detailsShown ? hideDetails : showDetails;
  }

  handleToggle(): void {
    this.detailsShown = !this.detailsShown;
  }
}
