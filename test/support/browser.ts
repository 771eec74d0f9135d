import axe, { type AxeResults } from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { ensureChromium } from '../../scripts/chromium.ts';
import { root } from '../../scripts/program.ts';

const SCREENSHOTS = join(root, 'dist/screenshots');

/** Without these, Chromium calls home at every start. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** A page in a browser of its own, and what went wrong on it. */
export interface Visit {
  readonly page: Page;
  /** Errors of scripts, and answers from 400 on, so far. */
  readonly problems: readonly string[];
  /** What axe finds against WCAG A and AA on the page as it is. */
  readonly violations: () => Promise<string[]>;
  /** Keeps a picture as `dist/screenshots/<name>.png`. */
  readonly screenshot: (name: string) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Opens a browser window so many pixels high. */
export async function visit(height: number): Promise<Visit> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const args = ['--no-sandbox', '--disable-gpu', ...QUIET];
  const browser = await chromium.launch({ executablePath: ensureChromium(), args });
  const page = await browser.newPage({ viewport: { width: 1280, height } });
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  return {
    page,
    problems,
    violations: async () => {
      await page.evaluate(axe.source);
      const standards = JSON.stringify({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      const found = await page.evaluate<AxeResults>(`axe.run(${standards})`);
      if (found.passes.length === 0) throw new Error('axe looked at nothing');
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    },
    screenshot: async (name) => {
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
    end: () => browser.close(),
  };
}
