// Debian has no unordered_dense: its map and set are given by the standard library's, which keep the same promises
// that the worker relies on (and stronger ones about references).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<typename Key>
	struct hash : std::hash<Key>
	{
	};

	template<class Key, class Value, class Hash = std::hash<Key>, class Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<class Key, class Hash = std::hash<Key>, class Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense
