import { describe, expect, test } from 'vitest';
import { simplifyHealthStatus } from '../../nodes/kaleyra/healthStatus.ts';

const entity = (entity_type: string, can_send_message = 'AVAILABLE', more = {}) => ({
	entity_type,
	id: '1',
	can_send_message,
	...more,
});
const simplify = (health_status: unknown) =>
	simplifyHealthStatus({ id: '1', health_status: health_status as never });

describe('A simplified health status', () => {
	test('has one column for all and one for each entity', () => {
		const entities = [
			entity('FLOW', 'LIMITED'),
			entity('WABA'),
			entity('BUSINESS'),
			entity('APP', 'BLOCKED'),
		];
		expect(simplify({ can_send_message: 'BLOCKED', entities })).toEqual({
			id: '1',
			can_send_message: 'BLOCKED',
			flow_can_send_message: 'LIMITED',
			waba_can_send_message: 'AVAILABLE',
			business_can_send_message: 'AVAILABLE',
			app_can_send_message: 'BLOCKED',
		});
	});

	test.each([
		[['LIMITED', 'AVAILABLE'], 'LIMITED'],
		[['AVAILABLE', 'LIMITED'], 'LIMITED'],
		[['AVAILABLE', 'SUSPENDED'], 'SUSPENDED'],
	])('of two apps that are %j shows %s', (values, shown) => {
		const entities = values.map((value) => entity('APP', value));
		expect(simplify({ can_send_message: 'LIMITED', entities })['app_can_send_message']).toBe(shown);
	});

	test('has the errors of the entities as text', () => {
		const error = { error_code: 141000, error_description: 'Down.', possible_solution: 'Fix it.' };
		const entities = [
			entity('FLOW', 'BLOCKED', { errors: [error, { error_description: 'Slow.' }] }),
			entity('WABA', 'LIMITED', { errors: [{ error_description: 'New number.' }] }),
		];
		expect(simplify({ can_send_message: 'BLOCKED', entities })['health_errors']).toBe(
			'FLOW: Down. Fix it.; FLOW: Slow.; WABA: New number.',
		);
	});

	test('leaves out entities and errors of another form', () => {
		const errors = [null, 'x', { error_description: 'Down.' }];
		const entities = [
			null,
			'FLOW',
			{ entity_type: 'APP' },
			{ can_send_message: 'BLOCKED' },
			{ entity_type: 1, can_send_message: 'BLOCKED' },
			{ entity_type: 'APP', can_send_message: 1 },
			entity('WABA', 'LIMITED', { errors }),
		];
		expect(simplify({ can_send_message: 'LIMITED', entities })).toEqual({
			id: '1',
			can_send_message: 'LIMITED',
			waba_can_send_message: 'LIMITED',
			health_errors: 'WABA: Down.',
		});
	});

	test('has a column for an undocumented entity', () => {
		const entities = [entity('PHONE_NUMBER', 'LIMITED')];
		expect(simplify({ can_send_message: 'LIMITED', entities })).toEqual({
			id: '1',
			can_send_message: 'LIMITED',
			phone_number_can_send_message: 'LIMITED',
		});
	});

	test.each([null, 'AVAILABLE', {}, { can_send_message: 1 }, []])(
		'keeps the undocumented form %j',
		(health_status) => {
			expect(simplify(health_status)).toEqual({ id: '1', health_status });
		},
	);

	test('is missing if the flow has none', () => {
		expect(simplifyHealthStatus({ id: '1', name: 'A' })).toEqual({ id: '1', name: 'A' });
	});
});
