import { LightningElement, wire } from 'lwc';
import Toast from 'lightning/toast';
import { CurrentPageReference } from 'lightning/navigation';
import type { ToastDetail } from 'lightning/platformShowToastEvent';
import { page, type FlexiPage, type Tab } from 'host/page';
import { navigate, type PageReference } from 'host/routes';

/** Page of a record whose object has no Lightning page of its own, as a fresh org shows it. */
const RECORD_HOME: FlexiPage = {
  label: 'Record Home',
  regions: [
    { name: 'header', components: [{ id: 'highlights', name: 'force:highlightsPanel', properties: {} }] },
    { name: 'main', components: [{ id: 'detail', name: 'force:detailPanel', properties: {} }] },
  ],
};

/** The frame of Lightning Experience: the app's name and tabs, and below them the page that the address names. */
export default class App extends LightningElement {
  app = page.app;
  user = page.user;
  reference?: PageReference;

  @wire(CurrentPageReference)
  navigated(reference?: PageReference): void {
    this.reference = reference;
    document.title = `${this.title} | Salesforce`;
    window.scrollTo(0, 0);
  }

  get tabs(): (Tab & { itemClass: string; current: string | null })[] {
    return this.app.tabs.map((tab) => {
      const current = tab === this.tab;
      return {
        ...tab,
        itemClass: `slds-context-bar__item${current ? ' slds-is-active' : ''}`,
        current: current ? 'page' : null,
      };
    });
  }

  get tab(): Tab | undefined {
    const { apiName, objectApiName } = this.reference?.attributes ?? {};
    return this.app.tabs.find(({ name, object }) => (apiName ? name === apiName : object && object === objectApiName));
  }

  get title(): string {
    return this.tab?.label ?? this.reference?.attributes['objectApiName'] ?? 'Page not found';
  }

  get recordId(): string | undefined {
    return this.reference?.attributes['recordId'];
  }

  get objectApiName(): string | undefined {
    return this.reference?.attributes['objectApiName'];
  }

  get flexipage(): FlexiPage | undefined {
    const { objectApiName = '' } = this;
    if (this.recordId) return page.flexipages[page.recordPages[objectApiName] ?? ''] ?? RECORD_HOME;
    return page.flexipages[this.tab?.flexipage ?? ''];
  }

  /** A record's page brings its own heading. */
  get hasNoHeading(): boolean {
    return !this.recordId;
  }

  get isList(): boolean {
    return this.reference?.type === 'standard__objectPage';
  }

  /** A link to another page of the app shows it in place; with a modifier key the browser opens it as ever. */
  handleLink(event: MouseEvent): void {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.origin !== location.origin || !link.pathname.startsWith('/lightning/')) return;
    event.preventDefault();
    navigate(link.pathname);
    (this.refs!['main'] as HTMLElement).focus();
  }

  handleToast({ detail: { title: label, ...detail } }: CustomEvent<ToastDetail>): void {
    Toast.show({ label, ...detail }, this);
  }
}
