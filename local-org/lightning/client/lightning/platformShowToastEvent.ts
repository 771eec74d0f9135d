const TOAST = 'lightning__showtoast';

export interface ToastDetail {
  title: string;
  message?: string;
  variant?: 'info' | 'success' | 'warning' | 'error';
  mode?: 'dismissible' | 'pester' | 'sticky';
}

export class ShowToastEvent extends CustomEvent<ToastDetail> {
  constructor(detail: ToastDetail) {
    super(TOAST, { detail, bubbles: true, composed: true, cancelable: true });
  }
}
