// ESLint ignores this folder, because .data contains n8n's bundled editor. Needs the flag in the root's lint script.
export default [{ ignores: ['**'] }];
