import type { LightningElement } from 'lwc';
import { NAVIGATED, navigate, pathOf, referenceOf, type PageReference } from 'host/routes';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

type Base = new () => LightningElement;

export const NavigationMixin = Object.assign(
  (base: Base) =>
    class extends base {
      [Navigate](reference: PageReference, replace = false): void {
        navigate(pathOf(reference), replace);
      }

      [GenerateUrl](reference: PageReference): Promise<string> {
        return Promise.resolve(pathOf(reference));
      }
    },
  { Navigate, GenerateUrl },
);

/** Wire adapter: the page reference of the address. */
export class CurrentPageReference {
  readonly #emit: () => void;

  constructor(emit: (reference: PageReference | undefined) => void) {
    this.#emit = () => {
      emit(referenceOf(location.pathname));
    };
  }

  connect(): void {
    this.#emit();
    window.addEventListener(NAVIGATED, this.#emit);
    window.addEventListener('popstate', this.#emit);
  }

  update(): void {
    // It has no configuration.
  }

  disconnect(): void {
    window.removeEventListener(NAVIGATED, this.#emit);
    window.removeEventListener('popstate', this.#emit);
  }
}
