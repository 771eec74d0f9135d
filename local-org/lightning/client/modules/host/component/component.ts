import { LightningElement, api } from 'lwc';
import components from 'host:components';

/** A component that a Lightning page places by its name, such as `c:scoreCard`. */
export default class Component extends LightningElement {
  @api name!: string;
  @api properties: Record<string, unknown> = {};

  componentClass?: typeof LightningElement;
  problem?: string;

  connectedCallback(): void {
    void this.load();
  }

  async load(): Promise<void> {
    try {
      const load = components[this.name];
      if (!load) throw new Error('the page host has no such component');
      this.componentClass = (await load()).default;
    } catch (error) {
      this.problem = `${this.name}: ${(error as Error).message}`;
    }
  }
}
