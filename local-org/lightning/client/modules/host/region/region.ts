import { LightningElement, api } from 'lwc';
import type { Region as Model } from 'host/page';

/** The components of one region of a Lightning page, from top to bottom. */
export default class Region extends LightningElement {
  @api region!: Model;
  @api recordId?: string;
  @api objectApiName?: string;

  get components(): { id: string; name: string; properties: Record<string, unknown> }[] {
    const { recordId, objectApiName } = this;
    const context = recordId ? { recordId, objectApiName } : {};
    return this.region.components.map(({ id, name, properties }) => ({
      id: `${id}-${recordId}`,
      name,
      properties: { ...context, ...properties },
    }));
  }
}
