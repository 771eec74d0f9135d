import { createHash } from 'node:crypto';
import type { PageModel } from './page-model.ts';

/** Files of the build, by address. */
export interface Assets {
  readonly entry: string;
  readonly styles: string;
  /** Loaded at once, without waiting for the file that imports them. */
  readonly preload: readonly string[];
  /** Module name to address. */
  readonly imports: Record<string, string>;
}

interface Page {
  readonly html: string;
  readonly csp: string;
}

/** The page of the app: everything in it is drawn by the client from `model`. */
export function appPage(assets: Assets, model: PageModel): Page {
  const importMap = JSON.stringify({ imports: assets.imports });
  const preload = assets.preload.map((url) => `<link rel="modulepreload" href="${url}">`).join('\n    ');
  const html = `<!doctype html>
<html lang="en-US" dir="ltr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escape(model.app.label)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${assets.styles}">
    <script type="importmap">${importMap}</script>
    ${preload}
    <script type="application/json" id="page">${JSON.stringify(model).replaceAll('<', '\\u003c')}</script>
    <script type="module" src="${assets.entry}"></script>
  </head>
  <body class="slds-scope slds-brand-band_none"></body>
</html>
`;
  return { html, csp: policy(importMap) };
}

/** Where a browser without a session is sent: one button for each user. */
export function loginPage(styles: string, users: readonly { id: string; name: string }[], startUrl: string): Page {
  const buttons = users
    .map(
      ({ id, name }) =>
        `<p class="slds-var-m-bottom_small"><button class="slds-button slds-button_brand slds-button_stretch" name="user" value="${escape(id)}">Log in as ${escape(name)}</button></p>`,
    )
    .join('\n        ');
  const html = `<!doctype html>
<html lang="en-US">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Log in to the local org</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${styles}">
  </head>
  <body class="slds-scope">
    <main class="slds-align_absolute-center slds-var-p-around_xx-large">
      <form class="slds-box slds-theme_default slds-size_1-of-1 slds-medium-size_1-of-3" method="get" action="/lightning/login">
        <h1 class="slds-text-heading_medium slds-var-m-bottom_medium">Log in to the local org</h1>
        <input type="hidden" name="startURL" value="${escape(startUrl)}">
        ${buttons}
      </form>
    </main>
  </body>
</html>
`;
  return { html, csp: policy() };
}

/** Scripts come from files of ours only. Styles may stand inline, as synthetic shadow and the base components put them. */
function policy(importMap?: string): string {
  const hash = importMap ? ` 'sha256-${createHash('sha256').update(importMap).digest('base64')}'` : '';
  return [
    "default-src 'none'",
    `script-src 'self'${hash}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
