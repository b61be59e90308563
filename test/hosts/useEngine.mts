// Preloaded by the processes of vitest.config.mts.
import { useEngine } from './engine.mts';

useEngine(process.env['N8N_ENGINE'] ?? 'n8n-core');
