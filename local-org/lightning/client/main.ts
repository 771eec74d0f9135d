// Synthetic shadow comes first: the base components and SLDS expect it, as on the platform.
import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import App from 'host/app';

document.body.append(createElement('host-app', { is: App }));
