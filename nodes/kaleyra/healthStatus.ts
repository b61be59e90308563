import type { IDataObject, JsonObject } from 'n8n-workflow';
import { isObject } from '../shared/http/json';
import type { Flow } from './flow';

/**
 * Replaces `health_status` by one column per entity: `can_send_message` overall, `flow_can_send_message`,
 * `waba_can_send_message`, and so on. An unknown shape is kept.
 *
 * Source: Get Flow Details, table of 'health_status'. Meta also documents `errors` of an entity, which Kaleyra
 * may pass on (inferred); they become `health_errors`.
 */
export function simplifyHealthStatus({ health_status: health, ...flow }: Flow): IDataObject {
	if (!isObject(health) || typeof health['can_send_message'] !== 'string') {
		return health === undefined ? flow : { ...flow, health_status: health };
	}
	const entities = Array.isArray(health['entities']) ? health['entities'].filter(isEntity) : [];
	const columns: Record<string, string> = {};
	for (const { entity_type, can_send_message } of entities) {
		const column = `${entity_type.toLowerCase()}_can_send_message`;
		// Of several entities of a type, one that is limited or blocked matters.
		if ((columns[column] ?? 'AVAILABLE') === 'AVAILABLE') columns[column] = can_send_message;
	}
	const errors = entities.flatMap(describeErrors);
	return {
		...flow,
		can_send_message: health['can_send_message'],
		...columns,
		...(errors.length > 0 && { health_errors: errors.join('; ') }),
	};
}

type Entity = JsonObject & { entity_type: string; can_send_message: string };

function isEntity(value: unknown): value is Entity {
	if (!isObject(value)) return false;
	return typeof value['entity_type'] === 'string' && typeof value['can_send_message'] === 'string';
}

function describeErrors({ entity_type, errors }: Entity): string[] {
	if (!Array.isArray(errors)) return [];
	return errors.filter(isObject).map(({ error_description, possible_solution }) => {
		const texts = [error_description, possible_solution].filter((text) => typeof text === 'string');
		return `${entity_type}: ${texts.join(' ')}`;
	});
}
