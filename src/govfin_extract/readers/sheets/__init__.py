"""Workbooks: .xlsx, .xls and .ods give sheets of shown texts, which one module lays out as lines and tables."""
