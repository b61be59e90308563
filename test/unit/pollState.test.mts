import type { IDataObject } from 'n8n-workflow';
import { expect, test } from 'vitest';
import type { Flow } from '../../nodes/kaleyra/flow.ts';
import { saveState, loadState } from '../../nodes/KaleyraFlowsTrigger/pollState.ts';

const WABA = '102290129340398';
const WORDS =
	`book appointment survey customer order invoice raffle quote newsletter feedback delivery loan claim account
	visit clinic school renewal policy ticket complaint refund store offer loyalty`.split(/\s+/);
const STATUSES = ['DRAFT', 'PUBLISHED', 'DEPRECATED', 'THROTTLED', 'BLOCKED'];

/** Flows as different from each other as real ones, from a generator that always starts at the same place. */
function manyFlows(count: number): Flow[] {
	let seed = 1;
	const random = (below: number) => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed % below;
	};
	const any = <T,>(list: T[]) => list[random(list.length)]!;
	return Array.from({ length: count }, () => {
		const id = `${1e7 + random(9e7)}${1e7 + random(9e7)}`;
		const can = any(['AVAILABLE', 'AVAILABLE', 'LIMITED', 'BLOCKED']);
		const entities = ['FLOW', 'WABA', 'BUSINESS', 'APP'].map((entity_type) => ({
			entity_type,
			id: entity_type === 'FLOW' ? id : '115760000000000',
			can_send_message: can,
		}));
		return {
			id,
			name: `${any(WORDS)} ${any(WORDS)} ${any(WORDS)} ${random(1_000)}`,
			status: any(STATUSES),
			categories: [any(['SURVEY', 'SIGN_UP', 'OTHER', 'LEAD_GENERATION'])],
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
	'%i flows with all that is watched take less than %i bytes, and come back whole',
	async (count, limit) => {
		const flows = manyFlows(count);
		const staticData: IDataObject = {};
		const first = await loadState(staticData, WABA);
		expect(await saveState(staticData, first, { wabaId: WABA, flows, truncated: false })).toBe(
			true,
		);
		const stored = JSON.stringify(staticData);
		expect(stored.length).toBeLessThan(limit);
		const recalled = await loadState(JSON.parse(stored) as IDataObject, WABA);
		expect(recalled).toMatchObject({ flows, truncated: false, unreadable: false });
	},
);
