import lwc from '@salesforce/eslint-config-lwc/recommended-ts.js';
import tseslint from 'typescript-eslint';

const not = (message, ...group) => ({ group, message });

/** Who may import whom: docs/adr/0001-folders-and-imports.md. */
const imports = (files, ...patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

/** LWC's own rules; the rest of Salesforce's configuration is about JavaScript, where types say more. */
const lwcRules = Object.assign({}, ...lwc.map(({ rules }) => rules));
const lwcPlugins = Object.assign({}, ...lwc.map(({ plugins }) => plugins));
const components = {
  files: ['force-app/**/*.ts', 'local-org/lightning/client/**/*.ts'],
  plugins: { '@lwc/lwc': lwcPlugins['@lwc/lwc'] },
  rules: Object.fromEntries(Object.entries(lwcRules).filter(([rule]) => rule.startsWith('@lwc/lwc/'))),
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.data/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-expressions': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only config.ts and scripts read the environment; pass values in.',
        },
      ],
    },
  },
  components,
  {
    // Platform modules can only be described by types that import types.
    files: ['**/*.d.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }] },
  },
  { files: ['force-app/**/__tests__/**'], rules: { '@lwc/lwc/prefer-custom-event': 'off' } },
  {
    // The page around the components has no parent to ask.
    files: ['local-org/lightning/client/**'],
    rules: { '@lwc/lwc/no-document-query': 'off', '@lwc/lwc/no-async-operation': 'off' },
  },
  {
    files: ['ingester/src/config.ts', 'local-org/src/main.ts', 'scripts/**', '**/test/**', 'bench/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['scoring-core/src/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'The instant is an argument.',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The instant is an argument.' },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'Results never depend on chance.',
        },
      ],
    },
  },
  imports(['scoring-core/src/**'], {
    regex: String.raw`^(?!\./|\.\./(?!\.\.)|zod(/|$))`,
    message: 'scoring-core imports zod only.',
  }),
  imports(
    ['ingester/src/**'],
    not(
      'ingester imports scoring-core and libraries, never the local org, scripts or tests.',
      '**/local-org/**',
      '**/scripts/**',
      '**/test/**',
      '**/force-app/**',
    ),
  ),
  imports(
    ['local-org/src/**'],
    not(
      'local-org imports nothing of ours; force-app is data.',
      '**/scoring-core/**',
      '**/ingester/**',
      '**/scripts/**',
      '**/test/**',
      '**/force-app/**',
    ),
  ),
  imports(
    ['force-app/**'],
    not(
      'Components import c/* and platform modules only.',
      '**/scoring-core/**',
      '**/ingester/**',
      '**/local-org/**',
      '**/scripts/**',
      'zod',
      'zod/**',
    ),
  ),
);
