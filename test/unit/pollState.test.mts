import type { IDataObject } from 'n8n-workflow';
import { expect, test } from 'vitest';
import type { Flow } from '../../nodes/kaleyra/flow.ts';
import { saveState, loadState } from '../../nodes/KaleyraFlowsTrigger/pollState.ts';

const WABA = '102290129340398';
const WORDS =
	`book appointment survey customer order invoice raffle quote newsletter feedback delivery loan claim account
	visit clinic school renewal policy ticket complaint refund store offer loyalty`.split(/\s+/);
const STATUSES = ['DRAFT', 'PUBLISHED', 'DEPRECATED', 'THROTTLED', 'BLOCKED'];

/** Creates flows that differ as much as real ones, the same ones in every run. */
function createFlows(count: number): Flow[] {
	let seed = 1;
	const random = (below: number) => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed % below;
	};
	const pick = <T,>(list: T[]) => list[random(list.length)]!;
	return Array.from({ length: count }, () => {
		const id = `${1e7 + random(9e7)}${1e7 + random(9e7)}`;
		const can = pick(['AVAILABLE', 'AVAILABLE', 'LIMITED', 'BLOCKED']);
		const entities = ['FLOW', 'WABA', 'BUSINESS', 'APP'].map((entity_type) => ({
			entity_type,
			id: entity_type === 'FLOW' ? id : '115760000000000',
			can_send_message: can,
		}));
		return {
			id,
			name: `${pick(WORDS)} ${pick(WORDS)} ${pick(WORDS)} ${random(1_000)}`,
			status: pick(STATUSES),
			categories: [pick(['SURVEY', 'SIGN_UP', 'OTHER', 'LEAD_GENERATION'])],
			validation_errors:
				random(20) === 0 ? [{ error: 'INVALID_PROPERTY_VALUE', line_start: random(300) }] : [],
			health_status: { can_send_message: can, entities },
		};
	});
}

test.each([
	[10, 2_000],
	[1_000, 45_000],
	[10_000, 400_000],
])(
	'The state of %i flows takes less than %i bytes and is restored completely',
	async (count, limit) => {
		const flows = createFlows(count);
		const staticData: IDataObject = {};
		const initial = await loadState(staticData, WABA);
		expect(
			await saveState(staticData, 'node', initial, { wabaId: WABA, flows, truncated: false }),
		).toBe(true);
		const stored = JSON.stringify(staticData);
		expect(stored.length).toBeLessThan(limit);
		const restored = await loadState(JSON.parse(stored) as IDataObject, WABA);
		expect(restored).toMatchObject({ flows, truncated: false, unreadable: false });
	},
);
