import { LightningElement, api } from 'lwc';
import type { FlexiPage, Region } from 'host/page';

/** A Lightning page: its regions as the template of record and app pages lays them out. */
export default class LightningPage extends LightningElement {
  @api page!: FlexiPage;
  @api recordId?: string;
  @api objectApiName?: string;

  get header(): Region | undefined {
    return this.region('header');
  }

  get main(): Region | undefined {
    return this.region('main');
  }

  get sidebar(): Region | undefined {
    return this.region('sidebar');
  }

  get mainClass(): string {
    return this.sidebar ? 'slds-col slds-size_1-of-1 slds-large-size_2-of-3' : 'slds-col slds-size_1-of-1';
  }

  region(name: string): Region | undefined {
    return this.page.regions.find((region) => region.name === name);
  }
}
